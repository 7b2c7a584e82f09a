package charset

import (
	"bytes"
	"math"
	"unicode"
	"unicode/utf8"

	"github.com/zeebo/xxh3"
)

// candidate is an encoding that a text may be in.
type candidate struct {
	*table
	languages []language
	prior     float64 // how seldom exports are in it, as a logarithm

	scores []float64 // of the characters beyond ASCII, by language
	ascii  float64   // the score of the others
	least  float64   // what text that makes sense scores at least
	bad    int       // words that are not in the encoding
	odd    int       // words that are UTF-8, and make no sense in this encoding
	text   uint64    // hash of what was read
	word   []char    // the last word
	utf8   []byte    // its text
}

// The languages, by the letters that they have beside those of ASCII.
var (
	western = []language{
		latin("ü 65 ä 54 ö 30 ß 31 é 1"),
		latin("é 55 è 13 à 12 ê 7 ç 4 â 2 ô 2 î 2 ù 1 û 0.5 ë 0.5 ï 0.5 œ 0.5"),
		latin("ó 83 í 72 á 50 é 43 ñ 31 ú 17 ü 2"),
		latin("ã 73 ç 53 á 47 é 34 ó 30 ê 45 í 13 ú 7 à 7 â 6 ô 4 õ 4"),
		latin("à 63 è 26 é 15 ò 5 ù 17 ì 3"),
		latin("ö 130 ä 180 å 134 æ 87 ø 94 é 2"),
		latin("é 5 ë 4 ï 2 ö 1 ü 1 è 1 á 1"),
	}
	central = []language{
		latin("ł 18 ą 10 ę 11 ó 8 ż 8 ś 7 ć 4 ń 2 ź 0.6"),
		latin("í 21 á 21 é 11 ě 12 ý 9 č 9 ž 8 š 7 ř 8 ů 5 ú 1 ň 0.5 ó 0.5 ť 0.3 ď 0.3"),
		latin("á 18 í 11 é 8 č 10 ý 10 ž 9 š 8 ú 8 ľ 4 ť 4 ô 2 ň 2 ď 2 ó 1 ä 1 ĺ 0.1 ŕ 0.1"),
		latin("á 36 é 30 ö 10 ó 10 ő 9 ü 6 í 5 ú 3 ű 2"),
		latin("ă 41 î 14 ş 16 ţ 12 â 9"),
		latin("č 10 š 8 ž 6 ć 6 đ 3"),
	}
	russian = []language{alphabet(unicode.Cyrillic, 33, "о 110 е 85 а 80 и 74 н 67 т 63 с 55 р 47 в 45 л 44 к 35 м 32 д 30 п 28 у 26 я 20 ы 19 ь 17 г 17 з 16 б 16 ч 14 й 12 х 10 ж 9 ш 7 ю 6 ц 5 щ 4 э 3 ф 3 ъ 0.4 ё 2 і 2 ї 2 є 1")}
	greek   = []language{alphabet(unicode.Greek, 34, "α 110 ο 98 ι 85 τ 80 ε 75 σ 50 ς 40 ν 65 η 55 υ 43 ρ 42 π 40 κ 40 μ 33 λ 27 ω 20 ί 20 ά 20 ό 20 έ 18 ή 15 ύ 10 ώ 10 δ 17 γ 17 χ 11 θ 12 φ 9 β 7 ξ 4 ζ 3 ψ 2 ϊ 0.2 ϋ 0.1 ΐ 0.1 ΰ 0.1")}
	hebrew  = []language{alphabet(unicode.Hebrew, 27, "י 110 ה 109 ו 104 ל 74 א 63 ר 56 ת 50 ב 47 מ 46 ש 44 ם 33 ע 32 נ 29 כ 27 ד 26 ח 25 ק 21 פ 17 ס 15 ן 14 ז 13 ט 12 צ 12 ג 12 ך 8 ף 3 ץ 1")}
	turkish = []language{latin("ı 51 ü 19 ş 18 ö 8 ç 12 ğ 11 i 3 â 0.3")}
	baltic  = []language{
		latin("ā 50 ē 20 č 2 ģ 1 ī 21 ķ 2 ļ 3 ņ 3 š 5 ū 4 ž 2"),
		latin("ą 7 č 5 ę 2 ė 17 į 6 š 14 ų 14 ū 5 ž 10"),
		latin("ä 11 õ 11 ö 2 ü 6 š 0.5 ž 0.5"),
	}
)

// candidates are the encodings that are told apart. Exports of our time are in
// the first four; the others are here so that none of their texts is taken for
// one of these.
func candidates() []*candidate {
	all := []*candidate{
		{table: tableOf("windows-1252"), languages: western},
		{table: tableOf("gb18030"), languages: []language{ideographic(commonHans, 0.7, gbClass)}},
		{table: tableOf("big5"), languages: []language{ideographic(commonHant, 0.7, big5Class)}},
		{table: tableOf("shift-jis"), languages: []language{ideographic(commonKanji, 0.3, sjisClass), halfWidth}},
		{table: tableOf("euc-kr"), languages: []language{ideographic("", 0, koreanClass)}, prior: -3},
		{table: tableOf("euc-jp"), languages: []language{ideographic(commonKanji, 0.3, eucJPClass)}, prior: -6},
		{table: tableOf("iso-8859-15"), languages: western, prior: -2},
		{table: tableOf("macintosh"), languages: western, prior: -6.5},
		{table: tableOf("cp850"), languages: western, prior: -6},
		{table: tableOf("windows-1250"), languages: central, prior: -3.5},
		{table: tableOf("iso-8859-2"), languages: central, prior: -5},
		{table: tableOf("cp852"), languages: central, prior: -8},
		{table: tableOf("windows-1254"), languages: turkish, prior: -3.5},
		{table: tableOf("windows-1257"), languages: baltic, prior: -6},
		{table: tableOf("windows-1251"), languages: russian, prior: -3},
		{table: tableOf("koi8-r"), languages: russian, prior: -6},
		{table: tableOf("cp866"), languages: russian, prior: -6},
		{table: tableOf("windows-1253"), languages: greek, prior: -4},
		{table: tableOf("windows-1255"), languages: hebrew, prior: -4},
		{table: tableOf("windows-1256"), languages: []language{alphabet(unicode.Arabic, 36, "")}, prior: -5},
		{table: tableOf("windows-874"), languages: []language{alphabet(unicode.Thai, 70, "")}, prior: -6},
	}
	for _, c := range all {
		c.scores = make([]float64, len(c.languages))
	}
	return all
}

// What a character of ASCII within a word costs: a letter or digit of some
// thirty, or a sign. All readings pay for it, unless it is half of a character.
const (
	asciiCost = -3.2
	signsCost = -6.0
	// A word that is not in the encoding costs badWord, and badByte for each of
	// its bytes: more than any word that is.
	badWord = -20.0
	badByte = -8.0
	// A word makes no sense whose characters cost more, on average: those of
	// one byte, of which an alphabet has some dozens, and those of several, of
	// which there are thousands.
	senselessOne     = -7.5
	senselessSeveral = -11.0
)

// read weighs a word; isUTF8 tells whether it is UTF-8 as it stands.
func (c *candidate) read(word []byte, isUTF8 bool) {
	if !c.split(word) {
		beyond := len(bytes.TrimFunc(word, func(r rune) bool { return r < 0x80 }))
		c.bad++
		c.text = c.text*prime + 1
		for k := range c.scores {
			c.scores[k] += badWord + badByte*float64(beyond)
		}
		return
	}
	best, least := math.Inf(-1), 0.0
	for _, one := range c.word {
		switch {
		case one.size > 1:
			least += senselessSeveral
		case one.r >= 0x80:
			least += senselessOne
		}
	}
	c.least += least
	for k, l := range c.languages {
		cost := 0.0
		for i, one := range c.word {
			if one.r >= 0x80 {
				cost += l.cost(c.word, i)
			}
		}
		c.scores[k] += cost
		best = max(best, cost)
	}
	if isUTF8 && best < least {
		c.odd++
	}
}

// prime mixes the hashes of words into one of a text.
const prime = 0x9e3779b97f4a7c15

// split decodes a word, and tells whether it is in the encoding.
func (c *candidate) split(word []byte) bool {
	c.word, c.utf8 = c.word[:0], c.utf8[:0]
	for len(word) > 0 {
		if word[0] < 0x80 {
			c.addASCII(word[0])
			word = word[1:]
			continue
		}
		cell, n := c.next(word)
		if n == 0 || cell.size == 0 {
			return false
		}
		r, _ := utf8.DecodeRune(cell.bytes())
		one := char{r: r, size: n}
		for _, b := range word[:n] {
			one.code = one.code<<8 | int(b)
		}
		c.word, c.utf8 = append(c.word, one), append(c.utf8, cell.bytes()...)
		word = word[n:]
	}
	c.text = c.text*prime + xxh3.Hash(c.utf8)
	return true
}

func (c *candidate) addASCII(b byte) {
	c.word, c.utf8 = append(c.word, char{rune(b), int(b), 1}), append(c.utf8, b)
	if r := rune(b); asciiLetter(r) || digit(r) {
		c.ascii += asciiCost
	} else {
		c.ascii += signsCost
	}
}

// score is how likely the text is in the encoding.
func (c *candidate) score() float64 { return c.sense() + c.ascii + c.prior }

// sense is how likely its characters beyond ASCII are, in the language that
// fits best.
func (c *candidate) sense() float64 {
	best := math.Inf(-1)
	for k, l := range c.languages {
		best = max(best, c.scores[k]+l.prior)
	}
	return best
}

// margin is how much likelier a reading must be than another, as a logarithm:
// some twenty times, and more in an encoding that exports are seldom in.
func (c *candidate) margin() float64 {
	const usual, seldom = 3, 6
	if c.prior >= -2 {
		return usual
	}
	return seldom
}
