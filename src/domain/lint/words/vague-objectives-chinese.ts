/**
 * What Chinese objectives are made of that say a direction and nothing one could see: a verb of betterment or of
 * fostering, and an abstract thing. In simplified characters.
 */

const listOf = (list: string) => list.trim().split(/\s+/).join('|')

/** Say a direction whatever they are said of. */
const BETTERMENT = listOf(`
  打破 破除 消除 化解 培植 滋养 灌溉 扎根 拓深 增添 提拔 提质 夯实 夯牢 筑牢 打牢 厚植 提升 提高 提振 增进 增强 增加 增益 加强 加大 加快 加速 加深 强化 优化 改善 改进 改良 完善 健全 促进
  推动 推进 推升 深化 深耕 深入 做大 做强 做优 做精 做深 做实 抓好 抓牢 抓实 扩大 扩展 扩张 拓展 拓宽 开拓 丰富 充实 巩固 稳固 稳定 激发
  激活 激励 活化 活络 盘活 精进 精简 简化 净化 美化 升华 升级 赋能 助力 助推 弘扬 发扬 发挥 彰显 凸显 凝聚 壮大 培养 培育 涵养 孵化
  降低 减少 缩短 缩减 压降 严控 管控 规范 理顺 畅通 打通 统筹 协同 协调 维护 维系 密切 拉近 带动 引领 驱动 牵引 调动 鼓励
  倡导 提倡 宣扬 传承 践行 落实 贯彻 抓紧 狠抓 聚焦 着力 致力 改革 革新 创新 转变 重塑 振兴 繁荣 提速 提效 提质 增效 降本
`)

/** Say a direction where what they bring about is abstract: one can also build a bridge. */
const FOSTERING = listOf(`
  保障 确保 打造 建立 建设 建构 建成 建置 构建 构筑 筑造 营造 营建 创造 创建 创设 树立 塑造 形塑 形成 实现 达成 达到 追求 迈向 走向 迈进 布局 谋划
  力求 谋求 争创 争做 提供 输出 创新 引入 导入 推行 推广 普及 开创 开展 开启 挖掘 释放 发掘 发展 积累 沉淀 储备 整合 融合 链接 联结 连结 串联 对接 维持
  保持 守护 捍卫 坚持 坚守 落地 植入 融入 渗透 擦亮 打响 唱响 讲好 传递 传播 展现 展示 拥有 具备 养成 奠定 支持 支撑 服务 满足 关怀 关注
  重视 吸引 留住 争取 赢得 建好 做好 用好 管好 共创 共建 共享 携手 全面
`)

/** Not seen and not counted by themselves. */
const ABSTRACT = listOf(`
  能力 能量 能见度 能效 水平 水准 质量 品质 素质 素养 体验 感受 文化 氛围 气氛 风气 学风 作风 环境 生态 效率 效能 效果 效益 成效 绩效 形象 品牌
  知名度 美誉度 影响力 竞争力 战斗力 凝聚力 向心力 执行力 领导力 创造力 创新力 生产力 传播力 公信力 吸引力 号召力 软实力 实力 活力 动力 潜力 潜能
  合力 韧性 弹性 敏捷 协作 协同 协力 合作 沟通 交流 互动 联动 默契 信任 互信 关系 联系 连结 纽带 黏性 粘性 忠诚度 满意度 参与度 敬业度 认同
  认知 认知度 归属感 获得感 幸福感 成就感 安全感 责任感 使命感 荣誉感 体验感 参与感 好感 积极性 主动性 自主性 专业性 规范性 稳定性 可靠性 安全性 可用性
  可持续 永续 意识 观念 理念 思维 精神 心态 士气 热情 动能 动机 责任 担当 使命 愿景 价值 机制 制度 体系 系统化 制度化 流程 标准化 规范化 精细化
  数字化 数位化 智能化 智慧化 信息化 资讯化 国际化 全球化 专业化 多元化 自动化 一体化 年轻化 现代化 品牌化 平台化 转型 升级 创新 变革 改革 突破 发展
  增长 成长 进步 高质量 治理 管理 管控 内控 合规 风控 风险 防线 底线 安全 资安 保障 保密 基础 根基 底盘 底座 格局 布局 生态圈 生态系 地位 优势 特色
  亮点 口碑 声誉 信誉 商誉 服务 关怀 支持 支援 福祉 福利 健康 身心 公平 平等 包容 共融 多样性 多元 共识 共赢 双赢 战略 策略 目标 方向 执行 落实
  人才 梯队 队伍 团队 组织 职场 工作场所 专业 技能 知识 学习 培训 教育 教学 教研 科研 研发 技术力 竞争 市场 份额 市占 市占率 渠道 通路 版图 足迹 曝光 曝光度
  资源 资产 资金 成本 供应链 产业 产业链 产品力 商业模式 生意 业务 业绩 经营 运营 营运 生产 作业 交付 时效 速度 响应 准时 稳定 透明 透明度 可视化 洞察
  决策 数据驱动 数据化 客户导向 客户至上 以客为尊 用户至上 协调 配合 联合 整合 融合 接轨 竞合 作用 社会责任 环保 低碳 绿色 节能 减排 共同体 社群 社区
  风貌 面貌 礼仪 秩序 纪律 规矩 廉洁 党建 正能量 归属 尊重 敬业 主人翁 铁律 新高度 新台阶 新局面 新篇章 新气象 新动能 新格局 新优势
`)

/** Praise that fits anything. */
const PRAISE = listOf(`
  一流 卓越 优质 优秀 优良 优异 良好 积极向上 和谐 和睦 友善 友好 健康 高绩效 高效 高品质 高质量 高水平 高标准 高素质 高端 领先 世界级 国际级 国际一流
  全方位 全面 完善 完整 健全 专业 规范 科学 合理 有效 有序 有力 有感 有温度 贴心 暖心 温馨 温暖 美好 幸福 理想 现代 智慧 智能 数字 绿色 永续 可持续
  创新 创意 开放 包容 多元 共融 共享 共赢 双赢 紧密 稳定 稳固 稳健 长期 长久 深厚 坚实 强大 强韧 坚韧 韧性 灵活 敏捷 精准 精细 便捷 便利 顺畅 流畅
  透明 公平 公正 更好 更优 更佳 更强 更高 更多 更快 更大 更广 更深 更具 更有 更加 更为 最佳 极致 标杆 典范 龙头 头部 领军 知名 值得信赖 有竞争力 有活力
`)

/** What makes an objective of it all the same: somebody is seen doing or feeling something. */
const PICTURE =
  /让|使(?![用命])|愿意|舍不得|离不开|敢(?!为人先)|不再|不用|不必|不需|无需|不怕|不会|没有|谁|任何|都(?!市|会区)|也(?!门)|想(?!象力|法|像力)|就(?!业|医|餐|诊|读|学|地)|自己|自家|喜欢|热爱|爱上|最爱|放心|安心|省心|一样|回家|家门口|主动(?!性)|第一(?!线|时间)|首选|最(?!大化|小化|优化?|佳|高水)|每一?[个位]|人人|大家|再也|随时|抢着|记得|引以为|骄傲|闭着眼|排队|口中|心中/

const STANDING_IN_FRONT =
  /^(?:全(?:方位|过程|程|链条?|流程|领域|维度|员|力以赴)地?|多(?:维度|面向|角度|方面|层次|管齐下)地?|有(?:系统|计划|步骤|序)地|系统地|以[^,;]{1,12}?为(?:中心|本|导向|核心|抓手|引领|基础|目标|主线|根本|重点|依托|载体|驱动)[,\s]?|(?:坚持|秉持|围绕|通过|透过|依托|立足|基于|借助|借由|根据|按照|配合|因应)[^,;]{1,16},\s?|在[^,;]{1,12}(?:方面|领域|中|上|下|内),?\s?|(?:为|给|向|与|同|跟|对|和|替)[^,;]{1,12}?(?=提供|创造|打造|建立|保持|构建|输出|带来|建构|维持)|(?:把|将)[^,;]{1,14}?(?=做大|做强|做优|做精|打造)|(?:进一步|不断|持续|大力|切实|着力|显著|大幅|全面|全力|努力|积极|稳步|深入|有效|扎实|逐步|继续|共同|携手|主动|充分|整体|系统性?|严格|牢牢|更好地?|更加|更进一步|致力于?|聚焦于?)\s?)/

const IDIOM =
  /^(?:降本|增收|提质|扩量|开源|节流)[^,;]{0,2}(?:增效|节支|降耗|提效|提质)|更上一层楼|上(?:新)?台阶|再上新?台阶|再创(?:佳绩|高峰|新高|辉煌)|百尺竿头|与时俱进|[^,;]{1,8}(?:赋能|转型)[。.!]?$|做大做强|做强做大|做优做强|双轮驱动|行稳致远|永续经营|高质量发展|可持续发展|卓越经营|(?:再|全面|持续|整体)(?:升级|进化|提升|优化|精进|深化)[。.!]?$/
/** “让园区更有吸引力”: praise of what is one's own, which one neither sees nor counts. */
const OWN_THING_BETTER =
  /^(?:让|使(?![用命])|令)(?<thing>[^,;\d]{1,12}?)(?:更上一层楼|再上(?:新?台阶|一?层楼)|上(?:新|一个)台阶|更?全面升级|(?:更加?|更为|变得更|越来越)(?![多像敢愿懂会想能])[^,;\d的得就]{1,8}?)[。.!]?$/
const IS_SOMEBODY =
  /[人者员客户患生师孩童爸妈姐民手友们](?!团|队|院|校|厂)|家长|居民|司机|乘客|观众|球迷|老|邻居|[你他她谁]/
/** One can see or count that. */
const SEEN_BETTER =
  /更加?(?:短|少|近|低|便宜|轻|安静|干净|早|久|远|薄|暖|省|耐|甜|长|准(?!确?化)|好[吃喝睡走]|清甜|凉)/
const ANYBODY_OF_US =
  '(?:(?:广大|所有)?(?:客户|顾客|用户|使用者|消费者|员工|同仁|伙伴|合作伙伴|市场|社会|行业|业界|产业|大众|社区|区域|地区|当地|在地|全国|国内|本地|人人?))'
const HELD_IN_ESTEEM =
  '(?:所|受|心目中)?(?:人)?(?:(?:高度|深受|最|真正)?(?:信赖|信任|依赖|满意|尊敬|尊重|敬重|认可|认同|推崇|肯定|欢迎|喜爱|向往)|首选|优选)'
const ANY_BODY = '平台|企业|公司|雇主|机构|品牌|伙伴|供应商|服务商|提供商|单位|组织|团队|医院|学校|银行|选择'
/** “成为更有影响力的律所”, “成为客户信赖的平台”: what anybody may be called. */
const ANYBODY_PRAISED = new RegExp(
  '^(?:成为|争当|争做|做|当|变成|成就)(?:一[家个所座支间])?(?:' +
    '更(?![多像敢愿懂会想能])[^,;\\d]{1,8}的[^,;\\d]{1,10}|' +
    '[^,;\\d]{0,12}(?:排头兵|领头羊|领头雁|先行者|引领者|领跑者|先锋|佼佼者|翘楚|常青树|金字招牌|第一品牌)|' +
    `${ANYBODY_OF_US}?${HELD_IN_ESTEEM}的?(?:物流|合作|战略|策略|长期|服务)?(?:${ANY_BODY})|` +
    `${ANYBODY_OF_US}${HELD_IN_ESTEEM}的[^,;\\d]{1,8}` +
    ')[。.!]?$',
)
const BETTER_STATE =
  /^(?:让|使|令|把|将)[^,;]{1,20}?(?:更加?|更为|更具|更有|变得更|越来越|得更)\s?(?:高效|顺畅|便捷|便利|有?活力|有?效率?|规范|完善|智能|智慧|专业|优质|紧密|稳定|透明|科学|合理|灵活|精准|精细|有序|和谐|竞争力|凝聚力|韧性|贴心|美好|强大|卓越|快速|敏捷|完整|健全|成熟|标准|人性化|多元|丰富|安全|环保|永续|健康|好|强|优|快|稳|友善|流畅|清晰|明确|系统化|可靠|有序|公平|幸福|温馨|舒适)(?:化|力)?[。.!]?$/
const LEADER =
  /^(?:成为|争当|争做|迈向|跻身|打造|建设成?|做)(?:为|成)?[^,;]{0,14}(?:领先|一流|标杆|标竿|龙头|典范|领军|卓越|知名|领导|优秀|值得信赖)[^,;]{0,8}[。.!]?$/
const MORE_OF = new RegExp(
  `^更好地?(?:服务|满足|支持|支撑|回应|照顾|保障|赋能|发挥)[^,;]{1,14}$|^(?:更加?|更为|更具)[\\u4e00-\\u9fff]{1,8}的[^,;]{0,10}(?:${ABSTRACT})|^(?:${PRAISE})的[^,;]{0,10}(?:${ABSTRACT})[。.!]?$`,
)
const DIRECTION_LAST = new RegExp(
  `^[^,;\\d]{2,16}?(?:的|得到|有所|有效|全面|持续|不断|稳步|显著|大幅|明显|进一步|再|更加?)?\\s?(?:${BETTERMENT}|提升|强|好|优)[。.!]?$`,
)
const BETTERMENT_FIRST = new RegExp(`^(?:${BETTERMENT})`)
const FOSTERING_FIRST = new RegExp(`^(?:${FOSTERING})`)
const IS_ABSTRACT = new RegExp(ABSTRACT)
const IS_PRAISED = new RegExp(PRAISE)

/** What may stand behind a direction before it says of what, where and for whom. */
const FEW_CHARACTERS = 12
const MOST_IN_FRONT = 4

/** The words by which an objective says a direction alone, or null. */
export function directionIn(core: string): string | null {
  const state = BETTER_STATE.exec(core)
  if (state !== null) return PICTURE.test(core.replace(/^(?:让|使|令|把|将)/, '')) ? null : state[0]
  let rest = core
  for (let round = 0; round < MOST_IN_FRONT; round++) rest = rest.replace(STANDING_IN_FRONT, '')
  const praised = praiseIn(rest)
  if (praised !== null) return praised
  if (PICTURE.test(core) || /^(?:让|使(?!用)|令)/.test(core)) return null
  const saying = IDIOM.exec(rest) ?? LEADER.exec(rest) ?? MORE_OF.exec(rest) ?? MORE_OF.exec(core)
  if (saying !== null) return saying[0]
  const verb = BETTERMENT_FIRST.exec(rest)
  if (verb !== null) {
    const about = rest.slice(verb[0].length)
    return about.length <= FEW_CHARACTERS || IS_ABSTRACT.test(about) ? verb[0] : null
  }
  const making = FOSTERING_FIRST.exec(rest)
  if (making !== null) {
    const about = rest.slice(making[0].length)
    return IS_ABSTRACT.test(about) || IS_PRAISED.test(about) ? making[0] : null
  }
  return IS_ABSTRACT.test(rest) ? (DIRECTION_LAST.exec(rest)?.[0] ?? null) : null
}

/** Praise of oneself or of what is one's own, unless somebody is seen in it. */
function praiseIn(core: string): string | null {
  const anybody = ANYBODY_PRAISED.exec(core)
  if (anybody !== null) return PICTURE.test(core.replace(/首选|第一品牌|人人/, '')) ? null : anybody[0]
  const better = OWN_THING_BETTER.exec(core)
  const thing = better?.groups?.['thing']
  if (better === null || thing === undefined) return null
  const isSeen = IS_SOMEBODY.test(thing) || SEEN_BETTER.test(core) || PICTURE.test(core.slice(1))
  return isSeen ? null : better[0]
}
