/**
 * Traditional characters and the simplified ones the word lists are written in, pair by pair. It holds the characters of
 * those words, not the whole script: a character it does not know stays as it is.
 */
const PAIRS =
  '優优 強强 進进 滿满 質质 業业 務务 團团 隊队 開开 發发 佈布 導导 專专 數数 據据 庫库 遷迁 動动 轉转 ' +
  '資资 訊讯 訂订 單单 舉举 辦办 會会 議议 畫画 劃划 規规 寫写 測测 試试 驗验 證证 認认 簽签 約约 協协 ' +
  '獲获 審审 計计 達达 標标 維维 營营 運运 銷销 額额 戶户 員员 個个 場场 萬万 億亿 週周 時时 間间 鐘钟 ' +
  '點点 號号 從从 後后 減减 縮缩 長长 壓压 擴扩 創创 構构 備备 購购 換换 舊旧 機机 組组 織织 領领 訓训 ' +
  '練练 聯联 網网 線线 執执 擬拟 檢检 視视 盤盘 調调 訪访 談谈 產产 製制 設设 圖图 齊齐 東东 顧顾 問问 ' +
  '聲声 穩稳 體体 雙双 兩两 幾几 釋释 類类 條条 門门 課课 節节 輛辆 國国 處处 續续 啟启 啓启 術术 衛卫 ' +
  '歸归 無无 災灾 傷伤 當当 現现 準准 淨净 賣卖 買买 價价 錢钱 貨货 幣币 臺台 級级 層层 齡龄 離离 職职 ' +
  '實实 際际 積积 極极 順顺 陸陆 爭争 確确 負负 責责 繼继 顯显 漸渐 漲涨 紹绍 撥拨 錄录 圍围 環环 護护 ' +
  '競竞 勢势 響响 應应 觀观 話话 電电 郵邮 書书 範范 檔档 報报 總总 結结 論论 評评 選选 擇择 獎奖 許许 ' +
  '冊册 錯错 誤误 風风 險险 駭骇 斷断 違违 虧亏 損损 潛潜 夥伙 繫系 關关 係系 鏈链 倉仓 儲储 廠厂 廣广 ' +
  '傳传 媽妈 見见 貼贴 歷历 經经 絕绝 對对 綠绿 費费 靈灵 鮮鲜 連连 鎖锁 輕轻 輔辅 講讲 識识 讓让 豐丰 ' +
  '軟软 韌韧 雲云 飛飞 顆颗 餘余 館馆 驅驱 復复 複复 覆复 夠够 學学 塊块 寬宽 屬属 屆届 嚴严 壞坏 夢梦 ' +
  '師师 帶带 幹干 幫帮 彙汇 匯汇 徵征 態态 慣惯 憑凭 懷怀 戰战 擔担 擁拥 擊击 攜携 敗败 敵敌 於于 晉晋 ' +
  '暢畅 曆历 榮荣 樓楼 權权 歡欢 殘残 況况 決决 淺浅 溝沟 滯滞 滲渗 潰溃 瀏浏 獨独 瑣琐 異异 療疗 監监 ' +
  '碼码 稅税 種种 稱称 穫获 窮穷 筆笔 籌筹 紀纪 納纳 純纯 細细 終终 給给 統统 緊紧 編编 績绩 繳缴 罰罚 ' +
  '義义 習习 聽听 腦脑 與与 興兴 舖铺 艱艰 藝艺 藥药 虛虚 補补 裝装 裡里 記记 詢询 該该 詳详 誠诚 請请 ' +
  '諮咨 變变 財财 貢贡 貫贯 貸贷 賓宾 贏赢 跡迹 蹤踪 較较 載载 輪轮 輸输 農农 這这 過过 適适 遞递 遠远 ' +
  '還还 邊边 醫医 釐厘 鋪铺 鍵键 鎮镇 陣阵 階阶 隨随 難难 頁页 項项 頭头 頻频 題题 願愿 驟骤 龍龙 檻槛 ' +
  '佔占 併并 並并 爲为 為为 內内 讀读 鑑鉴 簡简 夾夹 敘叙 勵励 勝胜 勞劳 區区 參参 嗎吗 圓圆 壽寿 姊姐 ' +
  '將将 屜屉 島岛 幀帧 廳厅 彈弹 徑径 擋挡 擾扰 攝摄 晝昼 樣样 歲岁 滾滚 濟济 燈灯 犧牺 獻献 畢毕 瘋疯 ' +
  '礎础 築筑 糧粮 絡络 綁绑 緒绪 緩缓 縣县 縱纵 繪绘 羅罗 聞闻 膚肤 莊庄 蘋苹 蟲虫 誰谁 諾诺 謀谋 貝贝 ' +
  '賦赋 賴赖 賺赚 趨趋 輯辑 辭辞 遊游 鄉乡 鄰邻 釘钉 銀银 鏡镜 閉闭 閱阅 陳陈 隱隐 雜杂 韓韩 預预 飲饮 ' +
  '養养 馬马 駐驻 魚鱼 麗丽 黃黄 償偿 傾倾 僅仅 側侧 偵侦 來来 們们 別别 則则 剛刚 劇剧 卻却 嘗尝 壇坛 ' +
  '奪夺 寧宁 寶宝 尋寻 嶺岭 廢废 闆板 櫃柜 頒颁 緻致 彥彦 勳勋 釀酿 塗涂 撐撑 楊杨 掛挂 衝冲 觸触 躍跃 頂顶 遲迟 ' +
  '說说 覽览 飆飙 攔拦 斂敛 儀仪 鴨鸭 墜坠 竄窜 沒没 ' +
  '眾众 債债 黨党 兌兑 華华 壯壮 盡尽 崗岗 鞏巩 張张 徹彻 揚扬 搶抢 揮挥 攬揽 樹树 氣气 潔洁 潤润 溫温 熱热 愛爱 牽牵 狀状 ' +
  '蓋盖 紐纽 繞绕 締缔 繕缮 捨舍 薦荐 討讨 訴诉 診诊 譯译 諧谐 譽誉 賃赁 車车 軌轨 輝辉 辯辩 邁迈 踐践 針针 鐵铁 頓顿 飯饭 ' +
  '驕骄 採采 註注 絲丝 銳锐 覺觉 樂乐 園园 誼谊 騰腾 鑄铸 慮虑 擺摆 紮扎 矚瞩 彌弥'

const BY_TRADITIONAL: ReadonlyMap<string, string> = new Map(
  PAIRS.split(' ').flatMap((pair) => {
    const [traditional, simplified] = Array.from(pair)
    return traditional === simplified ? [] : [[traditional!, simplified!] as const]
  }),
)
const SIMPLIFIED_ONLY: ReadonlySet<string> = new Set(
  [...BY_TRADITIONAL.values()].filter(
    (character) => !'台系干里汇征周后制划占布准范据云并余复于面咨游舍采注'.includes(character),
  ),
)

/** The simplified form of one character, or the character itself. */
export function simplified(character: string): string {
  return BY_TRADITIONAL.get(character) ?? character
}

export function isTraditionalOnly(character: string): boolean {
  return BY_TRADITIONAL.has(character)
}

/** Characters both scripts share say nothing, so those that traditional text writes too are left out. */
export function isSimplifiedOnly(character: string): boolean {
  return SIMPLIFIED_ONLY.has(character)
}
