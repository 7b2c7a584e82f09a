package charset

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// language is what text of one language, or of a few that share their letters,
// is made of. cost is the logarithm of how likely a character beyond ASCII is
// where it stands; the numbers are rough shares, as one counts them in lists of
// products and of names. A reading is taken where it is some twenty times as
// likely as the next, so that a share that is wrong by half makes no difference.
type language struct {
	cost  func(word []char, i int) float64
	prior float64 // how seldom exports are in it, as a logarithm
}

// char is a character of a word in some encoding.
type char struct {
	r    rune
	code int // its bytes, as one number
	size int // how many they are
}

// around are the characters before and behind one; 0 at the ends of a word.
func around(word []char, i int) (before, behind rune) {
	if i > 0 {
		before = word[i-1].r
	}
	if i+1 < len(word) {
		behind = word[i+1].r
	}
	return before, behind
}

func share(of float64, characters int) float64 { return math.Log(of / float64(characters)) }

// What is unlikely, as the logarithm of a share.
const (
	foreign   = -7.0  // a letter that the language does not have
	unlikely  = -11.0 // a sign that text has no use for
	wrongCase = -6.0  // on top: a capital within a word, as no language writes
	mixed     = -5.0  // on top: letters of two scripts side by side
	adjacent  = -2.0  // on top: two accents side by side
	atDigit   = -3.0  // on top: a letter beside a digit
	alone     = -3.0  // on top: a letter that is a word
)

// letters are the logarithms of how often letters occur among those beyond
// ASCII. They are read from a text such as "é 55 è 13". Source of the
// frequencies: Wikipedia, Letter frequency, and its articles on the languages.
func letters(frequencies string) map[rune]float64 {
	all := map[rune]float64{}
	sum := 0.0
	words := strings.Fields(frequencies)
	for i := 0; i < len(words); i += 2 {
		r, _ := utf8.DecodeRuneInString(words[i])
		of, err := strconv.ParseFloat(words[i+1], 64)
		if err != nil {
			panic(err)
		}
		all[r], sum = of, sum+of
	}
	for r, of := range all {
		all[r] = math.Log(of / sum)
	}
	return all
}

// latin is a language written with the letters of ASCII and some more.
func latin(frequencies string) language {
	known := letters(frequencies)
	return language{cost: func(word []char, i int) float64 {
		r := word[i].r
		before, behind := around(word, i)
		if !unicode.IsLetter(r) {
			return signCost(r, before, behind)
		}
		if !unicode.Is(unicode.Latin, r) {
			return unlikely + mixed
		}
		cost, ok := known[unicode.ToLower(r)]
		if !ok {
			cost = foreign
		}
		if before > 0x7f && unicode.IsLetter(before) {
			cost += adjacent
		}
		return cost + caseCost(r, before, behind) + placeCost(before, behind)
	}}
}

// placeCost is what a letter costs that stands beside a digit, or alone.
func placeCost(before, behind rune) float64 {
	switch {
	case digit(before) || digit(behind):
		return atDigit
	case !unicode.IsLetter(before) && !unicode.IsLetter(behind):
		return alone
	}
	return 0
}

// caseCost is what a letter's case costs where it stands.
func caseCost(r, before, behind rune) float64 {
	switch {
	case unicode.IsUpper(r) && unicode.IsLower(before), unicode.IsLower(r) && unicode.IsUpper(behind):
		return wrongCase
	case unicode.IsUpper(r):
		return math.Log(0.1)
	}
	return 0
}

// alphabet is a language with an alphabet of its own. Without frequencies, all
// letters are alike.
func alphabet(script *unicode.RangeTable, count int, frequencies string) language {
	known := letters(frequencies)
	return language{cost: func(word []char, i int) float64 {
		r := word[i].r
		before, behind := around(word, i)
		if !unicode.Is(script, r) {
			if unicode.IsLetter(r) {
				return unlikely
			}
			return signCost(r, before, behind)
		}
		cost, ok := known[unicode.ToLower(r)]
		switch {
		case len(known) == 0:
			cost = share(1, count)
		case !ok:
			cost = foreign
		}
		cost += caseCost(r, before, behind) + placeCost(before, behind)
		if asciiLetter(before) || asciiLetter(behind) {
			cost += mixed
		}
		return cost
	}}
}

// signCost is what a sign costs that is no letter.
func signCost(r, before, behind rune) float64 {
	const fits, fitsNot = -4.5, -10
	inWord := unicode.IsLetter(before) && unicode.IsLetter(behind)
	ok, free := false, !unicode.IsLetter(before) && !unicode.IsLetter(behind)
	switch r {
	case '\u00a0', '€', '£', '¥', '–', '—', '•', '·', '×', '±', '½', '¼', '¾', 'µ', '§', '№':
		ok = free
	case '²', '³': // m², cm³
		ok = before == 'm'
	case '’', '‘', '´':
		ok = inWord || before == 0 || behind == 0
	case '“', '„', '«', '¿', '¡', '‚':
		ok = !unicode.IsLetter(before)
	case '”', '»', '…', '™', '®', '©', '‰', '°', 'º', 'ª':
		ok = !unicode.IsLetter(behind) || r == '°'
	default:
		return unlikely
	}
	if ok {
		return fits
	}
	return fitsNot
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

func asciiLetter(r rune) bool { return r < 0x80 && unicode.IsLetter(r) }

// ideographic is a language whose characters are ordered by how common they
// are, as the standards of their encodings order them: classes gives a
// character's share by its code. Those that are common beyond others are listed.
func ideographic(common string, listed float64, class func(c char) float64) language {
	known := map[rune]bool{}
	for _, r := range common {
		known[r] = true
	}
	each := share(listed, len(known))
	return language{cost: func(word []char, i int) float64 {
		c := word[i]
		before, behind := around(word, i)
		var cost float64
		switch {
		case known[c.r]:
			cost = each
		case c.size == 1: // the euro, by which Microsoft fills a gap
			return signCost(c.r, before, behind)
		default:
			cost = class(c)
		}
		const beside = -2 // small letters of ASCII: iPhone手机 is written, M眉ller is not
		if before >= 'a' && before <= 'z' {
			cost += beside
		}
		if behind >= 'a' && behind <= 'z' {
			cost += beside
		}
		return cost
	}}
}

// within tells whether a code of two bytes has a row from first to last, and is
// in the plane of 94 by 94 characters that the national standards have.
func within(code, first, last int) bool {
	row, column := code>>8, code&0xff
	return row >= first && row <= last && column >= 0xa1 && column <= 0xfe
}

// What characters have no use in exports: those of users' own, and the rarest.
const rarest = -18.0

// gbClass is the share of a character of GB18030. GB 2312 has 3755 common
// characters, of which a sixth is listed, and 3008 rarer ones.
func gbClass(c char) float64 {
	switch {
	case unicode.Is(unicode.Co, c.r):
		return rarest
	case c.size == 4:
		return -16
	case within(c.code, 0xb0, 0xd7):
		return share(0.24, 3000)
	case within(c.code, 0xd8, 0xf7):
		return share(0.02, 3008)
	case within(c.code, 0xa1, 0xa1), within(c.code, 0xa3, 0xa3):
		return share(0.05, 188)
	case within(c.code, 0xa2, 0xa9):
		return share(0.002, 400)
	}
	return share(0.02, 16000) // GBK's, most of them traditional
}

// big5Class is the share of a character of Big5, which has 5401 common
// characters and 7652 rarer ones.
func big5Class(c char) float64 {
	switch row := c.code >> 8; {
	case unicode.Is(unicode.Co, c.r):
		return rarest
	case row >= 0xa4 && c.code <= 0xc67e:
		return share(0.24, 4600)
	case row >= 0xa1 && row <= 0xa3:
		return share(0.05, 408)
	case row >= 0xc9 && c.code <= 0xf9d5:
		return share(0.02, 7652)
	}
	return -14 // of Hong Kong
}

// sjisClass is the share of a character of Shift-JIS: kana are half of Japanese
// text, and JIS X 0208 has 2965 common characters and 3390 rarer ones.
func sjisClass(c char) float64 {
	switch {
	case unicode.Is(unicode.Co, c.r):
		return rarest
	case unicode.In(c.r, unicode.Hiragana, unicode.Katakana) && c.size == 2 || c.r == 'ー':
		return share(0.5, 170)
	case c.code >= 0x889f && c.code <= 0x9872:
		return share(0.15, 2700)
	case c.code >= 0x989f && c.code <= 0xeaa4:
		return share(0.01, 3390)
	case c.code >= 0x8140 && c.code <= 0x829a:
		return share(0.05, 210)
	}
	return -14
}

// eucJPClass is the same in the order of EUC-JP.
func eucJPClass(c char) float64 {
	switch {
	case within(c.code, 0xa4, 0xa5), c.r == 'ー':
		return share(0.5, 170)
	case within(c.code, 0xb0, 0xcf):
		return share(0.15, 2700)
	case within(c.code, 0xd0, 0xf4):
		return share(0.01, 3390)
	case within(c.code, 0xa1, 0xa3):
		return share(0.05, 210)
	}
	return -14
}

// koreanClass is the share of a character of EUC-KR: KS X 1001 has 2350
// syllables, and 4888 Chinese characters that few texts use.
func koreanClass(c char) float64 {
	switch {
	case within(c.code, 0xb0, 0xc8):
		return share(0.95, 2350)
	case within(c.code, 0xca, 0xfd):
		return share(0.005, 4888)
	case within(c.code, 0xa1, 0xa3):
		return share(0.03, 282)
	}
	return -14
}

// halfWidth is Japanese as banks and tills write it: in katakana of one byte,
// where signs of voice follow what is voiced.
var halfWidth = language{prior: -3, cost: func(word []char, i int) float64 {
	before, behind := around(word, i)
	r := word[i].r
	cost := -12.0
	switch {
	case word[i].size > 1:
		return cost
	case r == 'ﾞ' || r == 'ﾟ':
		if before >= 'ｳ' && before <= 'ﾎ' {
			return -2
		}
	case r >= 'ｦ' && r <= 'ﾝ':
		cost = share(0.9, 58)
	case halfKana(before) || halfKana(behind):
		cost = -9 // 。「」、・
	}
	if asciiLetter(before) || asciiLetter(behind) {
		cost += mixed
	}
	return cost + placeCost(before, behind)
}}

func halfKana(r rune) bool { return r >= 'ｦ' && r <= 'ﾟ' }
