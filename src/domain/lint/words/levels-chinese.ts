/** Metrics that have a value today, whatever it is: reaching a number of one raises the question from where. */
const RATES =
  '率(?!先|领|队|团)|占比|比例|比重|比率|份额|渗透|市占|覆盖|nps|csat|ces|推荐值|满意|评分|得分|分数|积分|星级|指数|均分|评价|人均|平均|均值|时长|时间|时效|周期|工期|交期|延迟|时延|耗时|用时|天数|时数|小时数|工时|速度|留存|留任|续费|续约|复购|回购|转化|转换|良品|毛利|净利|利润|产能|人效|坪效|效能|出勤|到课|入住|上座|客座|知名度|认知度|美誉度|健康度|信任度|忠诚度|参与度|敬业度|幸福|黏着|粘性|黏性|集中度|密度|触达|互动|点击|开信|渗透度|准点|准时|精度|准确|频次|频率|周转|吞吐|qps|tps'
const LEVELS =
  'dau|mau|wau|日活|月活|周活|活跃|arr|mrr|arpu|arppu|ltv|cac|roi|roas|nrr|ndr|grr|gmv(?=\\S{0,2}月)|客单|单价|均价|成本|薪资中位|月收入|月营收|月销|月流水|月产|月单|月访|日均|月均|周均|年均|日销|日产|日单|日订单|每日|每天|单店|单位|单车|单均|中位数?|p50|p75|p90|p95|p99|mttr|访问量|浏览量|流量|来客数|客流量?|负债|库存(?:天数|水位|金额)|余额|人手比|师生比|(?:会员|粉丝|订阅|追踪|用户|开发者|好友|店铺|注册)(?:总)?(?:者|人)?(?:数|数量|人数|规模|总量)'

export const LEVEL = new RegExp(`(?:${RATES}|${LEVELS})`)
/** A multiple of these is their value, not how far they change. */
export const MULTIPLE_IS_LEVEL = /roas|roi|投报|投资报酬|投产比|周转|倍数|ltv|回报/

const SIGN = '(?:[$€£¥]|新台币|人民币|nt\\$)?'
const ABOUT = '(?:了|约|近|不到|超过|[≥≤><]=?)?'
/** Before a number that is to be reached. */
export const REACHES = new RegExp(
  `(?:达到|达成|达标至|达|做到|冲到|冲上|冲破|冲刺|到|至|来到|突破|破|站上|推上|攀上|跃上|攀至|拿到|获得|取得|实现|逼近|接近|要有|要上|上看|挑战|落在|落到|压在|压进|压至|进到|做出|做成|打到|跑到|跑出|拉上|抬上|拉至|冲|上|目标(?:值)?(?:为|是|:)?|超)\\s?${ABOUT}\\s?${SIGN}\\s?$`,
)
/** A bound is a state to keep, unless there is a day to reach it by. */
export const BOUND = new RegExp(`(?:低于|高于|超过|小于|大于|少于|多于|优于|[≥≤><:]=?)\\s?${SIGN}\\s?$`)
export const BY_DATE =
  /(?:年|月|季|季度|学期|财年|周期)(?:底|末|终)(?:之?前|以前|时)?|(?:·|日|月)(?:之?前|以前)/

/** “开信率 35%”: nothing but a level and its number. */
export const STANDS_AT = new RegExp(`(?:${RATES}|${LEVELS})(?:数|值|分)?\\s?(?:为|是|:)?\\s?${SIGN}\\s?$`)
export const ENDS = /^\s?(?:%|‰|分(?!钟)|颗?星|元|万|秒|毫秒|分钟|小时|天|人|个?工作日)?(?:\s?元)?\s?[。.!]?$/

/** What is to stay as it is has no start. */
export const KEEPS =
  /保持|维持|稳定|稳在|稳住|守住|守在|控制|控在|不低于|不超过|不高于|不少于|不多于|不大于|不小于|不得|不逊|持平|始终|一直|连续|常年|长期|不跌破|不掉|每[月周日天季年个班次]\S{0,16}(?:都|均|皆)|可用性|可用率|可用度|妥善率|在线率|sla|slo|正常运行|服务水平|服务水准/

/** What did not exist before starts at zero; so does how far a plan is done. */
export const STARTS_AT_ZERO =
  /净增|志工|志愿|公益|义务|新产品|新品|新功能|新版|新店|新门店|新业务|新市场|新课|新服务|新系统|新平台|上线(?:后|\s?·*\d|首|当|半|一)|(?:投产|发布|推出|开业|开幕|上市|落地|导入|运行|试点|内测|公测|首发|投放)(?:后|首|当|\s?\d)|试点|内测|公测|首发|首批|首年|从零|从无到有|(?:目标|计划|任务|预算|整改|项目|专案|年度|工程|里程碑|需求)\S{0,4}(?:完成|达成|执行)(?:率|度)|进度/

/** “增长率达 20%” is as far as it goes, from anywhere. */
export const RELATIVE_BEFORE =
  /(?:[年月季周]增|[年月季]减|增长|成长|增幅|涨幅|降幅|增速|跌幅|同比|环比|提升|下降|减少|增加|节省|节约|降低|提高|缩短|改善|幅度|累计|累积|新增|新签|签约|募)[^,;率比]{0,4}(?:率|比例|比)?\s?(?:达到|达|到|至|超过|突破|实现|约|为)?\s?(?:[$€£¥]|新台币|人民币)?\s?$/
export const RELATIVE_COUNTED =
  /^\s?(?:以上|左右)?\s?(?:的)?(?:[^,;]{0,6})?(?:增长|成长|增幅|提升|降幅|下降|增量)/
