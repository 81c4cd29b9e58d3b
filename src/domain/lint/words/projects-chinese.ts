const NO_METRIC = '(?!率|度|后|效率|量|周期|成本|质量|能力|人才|文化|信任|口碑)'
/** Work whatever it is done to. */
const PLAIN_WORK = new RegExp(
  `^(?:完成|整理|办完|办好|跑完|弄完|走完|筹备|准备|筹划|做好(?=\\S{0,20}(?:工作|准备|筹备|对接|收尾|验收|交接|规划))|上线|部署|布署|迁移|搬迁|导入|召开|举办|办理|实施|建置|重构|对接|搭建|汰换|串接|介接|翻修|编写|编制|撰写|盘点|梳理|搞定|做完|上云|组织|开展|筹办|引进|引入|改版|架设|安装|制定|制订|订定|拟定|拟订|研拟)${NO_METRIC}`,
)
/** Work only on something that is built. */
const MAKING =
  /^(?:把|将)?.{0,8}(?:迁移|搬迁|迁|搬|开发|研发|建设|建立|构建|打造|推出|发布|设计|升级|替换|更换|改造|启动|推动|推进|落地|推行|推广|整合|启用|采购|更新|优化|迭代|做)/
const BUILT =
  '(?:系统|平台|中台|小程序|app|应用|应用程序|程序|网站|官网|模块|模组|功能|工具|后台|前台|数据库|资料库|数仓|仓库|门户|入口网|架构|看板|仪表板|制度|手册|文档|文件|接口|api|版本|商城|机器人|专区|报表|网页|知识库|管道|crm|erp|pos|mes|wms|oa|sap|sso|插件|引擎|服务器|机房|生产线|产线|项目|专案|方案|计划|规范|章程|课程|活动|流程|调研|机制|工程|网络|设备|微服务|云端|阿里云|aws)'
const BUILT_AT_END = new RegExp(
  `${BUILT}(?:的)?(?:\\s?·*|开发|建设|建置|上线|改造|改版|升级|迁移|部署|对接|搭建|重构|落地)?[。.!]?$`,
)
/** What makes an objective out of a thing that is built: for whom it is, or how good. */
const HOPE =
  /最|一流|世界级|领先|受.{0,4}(?:欢迎|信赖|喜爱|信任)|信赖|信得过|喜欢|喜爱|热爱|爱|人人|大家|每一?[个位]|放心|安心|省心|舍不得|离不开|有温度|卓越|标杆|首选|第一|好用|极致|轻松|幸福|不再|愿意|可靠|安全的|高效的|可持续|韧性|健康的|满意|竞争力|引以为|骄傲|温暖|懂/

/** “落地 SAP”: what is put in is named, not what it is for. */
const NAMED = /^(?:落地|推行|启用|采购|整合|切换到|升级到|换成|迁移到)\s?[a-z][a-z0-9/. +-]{1,24}$/
/** “办公室搬迁”: nothing but a thing and what is done to it. */
const WORK_AT_END =
  /^[\u4e00-\u9fffa-z0-9 ]{2,14}(?:搬迁|搬家|迁移|改版|重构|建置|导入|汰换|整修|装修|翻修|上云|(?:一|二|三|四)期(?:工程|建设|项目|专案)?)[。.!]?$/

/** The words that say an objective is a project, or null. */
export function projectIn(core: string): string | null {
  const plain = PLAIN_WORK.exec(core)
  if (plain !== null && !HOPE.test(core)) return plain[0]
  const named = HOPE.test(core) ? null : (NAMED.exec(core) ?? WORK_AT_END.exec(core))
  if (named !== null) return named[0]
  const making = MAKING.exec(core)
  if (making === null || HOPE.test(core) || !BUILT_AT_END.test(core)) return null
  return making[0]
}
