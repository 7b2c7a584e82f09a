package exports

// locale is where a shop is: its people, its goods and its money.
type locale struct {
	country, currency string
	given, family     []string
	familyFirst       bool // 王伟: the family's name first, nothing between
	places            []place
	categories        []string
	goods             [][]string // by category
	mail              string     // the end of addresses
	dial              string     // the country's prefix of telephones
	taxPercent        int64
	taxOnTop          bool // prices are without tax, as in the United States
	whole             bool // no cents in use
}

var english = &locale{
	country: "US", currency: "USD", mail: "example.com", dial: "+1", taxPercent: 8, taxOnTop: true,
	given:      []string{"Mary", "James", "Linda", "Robert", "Aaliyah", "Conor", "Siobhán", "Renée"},
	family:     []string{"Smith", "O'Brien", "Johnson", "Nguyen", "Garcia", "Lee", "Fitzgerald", "Brontë"},
	places:     []place{{"Portland", "OR", "97201"}, {"Boston", "MA", "02108"}, {"New York", "NY", "10001"}, {"St. Louis", "MO", "63101"}},
	categories: []string{"Coffee", "Tea", "Cups", "Machines"},
	goods: [][]string{
		{"House Blend, whole bean", "Espresso Roast", "Decaf Colombia"},
		{"Earl Grey", "Sencha, loose", "Rooibos"},
		{`Mug "Deluxe", 12 oz`, "Tumbler 16 oz", "Demitasse Set"},
		{"Moka Pot", "Burr Grinder", "Gooseneck Kettle"},
	},
}

var german = &locale{
	country: "DE", currency: "EUR", mail: "example.de", dial: "+49", taxPercent: 19,
	given:      []string{"Jürgen", "Anna", "Käthe", "Björn", "Sören", "Lena", "Groß-Anna", "Thomas"},
	family:     []string{"Müller", "Weiß", "Schröder", "Schmidt", "Größer", "Übelacker", "Meyer", "von der Höh"},
	places:     []place{{"München", "Bayern", "80331"}, {"Köln", "Nordrhein-Westfalen", "50667"}, {"Düsseldorf", "Nordrhein-Westfalen", "40210"}, {"Görlitz", "Sachsen", "02826"}},
	categories: []string{"Kaffee", "Tee", "Geschirr", "Geräte"},
	goods: [][]string{
		{"Hausmischung; ganze Bohne", "Röstkaffee kräftig", "Espresso entkoffeiniert"},
		{"Grüner Tee", "Früchtetee", "Kräutermischung"},
		{`Becher "Größe L"`, "Teeschälchen", "Untertasse"},
		{"Mühle", "Wasserkocher für Tee", "Schäumer"},
	},
}

var swiss = &locale{
	country: "CH", currency: "CHF", mail: "example.ch", dial: "+41", taxPercent: 8,
	given: german.given, family: []string{"Zürcher", "Rüegg", "Küng", "Müller", "Favre", "Bernasconi", "Caduff", "Grünig"},
	places:     []place{{"Zürich", "ZH", "8001"}, {"Genève", "GE", "1201"}, {"Bern", "BE", "3011"}, {"Lugano", "TI", "6900"}},
	categories: german.categories, goods: german.goods,
}

var french = &locale{
	country: "FR", currency: "EUR", mail: "example.fr", dial: "+33", taxPercent: 20,
	given:      []string{"Hélène", "François", "Zoé", "Jean-Noël", "Aurélie", "Loïc", "Marie", "Gaëlle"},
	family:     []string{"Lefèvre", "Dupont", "Bérenger", "N'Diaye", "Garçon", "Noël", "Martin", "Œuvrard"},
	places:     []place{{"Paris", "Île-de-France", "75001"}, {"Besançon", "Bourgogne-Franche-Comté", "25000"}, {"Nîmes", "Occitanie", "30000"}, {"Brest", "Bretagne", "29200"}},
	categories: []string{"Café", "Thé", "Vaisselle", "Appareils"},
	goods: [][]string{
		{"Mélange maison ; grains", "Torréfaction foncée", "Décaféiné"},
		{"Thé vert", "Tisane d'été", "Rooibos"},
		{"Tasse « Prestige »", "Bol à thé", "Soucoupe"},
		{"Moulin à café", "Bouilloire", "Théière émaillée"},
	},
}

var brazilian = &locale{
	country: "BR", currency: "BRL", mail: "example.com.br", dial: "+55",
	given:      []string{"João", "Conceição", "Antônio", "Luíza", "Marcos", "Inês", "Rafael", "Tainá"},
	family:     []string{"da Silva", "Gonçalves", "Araújo", "Souza", "Mourão", "Assunção", "Pereira", "Lima"},
	places:     []place{{"sao paulo", "SP", "01001"}, {"rio de janeiro", "RJ", "20010"}, {"goiania", "GO", "74003"}, {"belem", "PA", "66010"}},
	categories: []string{"cama_mesa_banho", "beleza_saude", "esporte_lazer", "moveis_decoracao"},
	goods:      [][]string{{"toalha", "lençol", "fronha"}, {"sabonete", "creme", "perfume"}, {"bola", "corda", "rede"}, {"mesa", "luminária", "quadro"}},
}

var indian = &locale{
	country: "IN", currency: "INR", mail: "example.in", dial: "+91", taxPercent: 18,
	given:      []string{"Aarav", "Priya", "Vikram", "Ananya", "Rohan", "Lakshmi", "Imran", "Gurpreet"},
	family:     []string{"Sharma", "Iyer", "Khan", "Singh", "Patel", "Nair", "Das", "Reddy"},
	places:     []place{{"Mumbai", "Maharashtra", "400001"}, {"Chennai", "Tamil Nadu", "600001"}, {"Kolkata", "West Bengal", "700001"}, {"New Delhi", "Delhi", "110001"}},
	categories: []string{"Silk", "Gold", "Brass", "Tea"},
	goods:      [][]string{{"Banarasi Saree", "Silk Stole", "Kurta"}, {"Bangle, 22k", "Ring", "Pendant"}, {"Lamp", "Urli", "Bell"}, {"Assam CTC", "Darjeeling", "Masala Chai"}},
}

var chinese = &locale{
	country: "CN", currency: "CNY", mail: "example.cn", dial: "1", familyFirst: true,
	given:      []string{"伟", "秀英", "娜", "建国", "雨桐", "子轩", "玥", "喆"},
	family:     []string{"王", "李", "张", "刘", "陈", "欧阳", "赵", "𠮷"},
	places:     []place{{"杭州市", "浙江省", "310000"}, {"广州市", "广东省", "510000"}, {"成都市", "四川省", "610000"}, {"北京市", "北京", "100000"}},
	categories: []string{"咖啡", "茶叶", "杯具", "电器"},
	goods: [][]string{
		{"云南小粒咖啡豆，中深烘", "挂耳咖啡 10包", "冻干咖啡"},
		{"西湖龙井（明前）", "正山小种", "茉莉花茶"},
		{"骨瓷杯 礼盒装", "保温杯500ml", "建盏"},
		{"手摇磨豆机", "电热水壶", "摩卡壶"},
	},
}

var taiwanese = &locale{
	country: "TW", currency: "TWD", mail: "example.tw", dial: "09", familyFirst: true, whole: true,
	given:      []string{"志明", "春嬌", "淑芬", "家豪", "雅婷", "冠宇", "怡君", "柏翰"},
	family:     []string{"陳", "林", "黃", "張", "李", "吳", "許", "蔡"},
	places:     []place{{"信義區", "臺北市", "110"}, {"三民區", "高雄市", "807"}, {"北區", "臺中市", "404"}, {"東區", "新竹市", "300"}},
	categories: []string{"咖啡", "茶葉", "杯具", "電器"},
	goods:      [][]string{{"阿里山咖啡豆", "濾掛咖啡 10入", "即溶咖啡"}, {"凍頂烏龍茶", "日月潭紅玉", "包種茶"}, {"陶瓷杯（禮盒）", "保溫瓶", "茶海"}, {"磨豆機", "快煮壺", "摩卡壺"}},
}

var nippon = &locale{
	country: "JP", currency: "JPY", mail: "example.jp", dial: "090", familyFirst: true, whole: true, taxPercent: 10,
	given:      []string{"太郎", "花子", "健一", "美咲", "翔", "さくら", "大輔", "陽子"},
	family:     []string{"佐藤", "鈴木", "高橋", "渡辺", "表", "能登", "田中", "ソラ"},
	places:     []place{{"新宿区", "東京都", "160-0022"}, {"大阪市北区", "大阪府", "530-0001"}, {"札幌市中央区", "北海道", "060-0001"}, {"福岡市", "福岡県", "810-0001"}},
	categories: []string{"コーヒー", "お茶", "食器", "家電"},
	goods:      [][]string{{"深煎りブレンド", "ドリップパック①", "カフェインレス"}, {"煎茶", "ほうじ茶", "玉露"}, {"マグカップ（大）", "湯呑み", "表示皿"}, {"コーヒーミル", "電気ケトル", "サイフォン"}},
}
