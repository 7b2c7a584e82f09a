package draft

import (
	_ "embed"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
)

// wordsFile holds the names that people give to columns, by role, in English,
// Chinese, German, French, Spanish and Portuguese.
//
//go:embed words.yaml
var wordsFile []byte

// vocabulary is what words.yaml says.
type vocabulary struct {
	Roles    map[string][]string `yaml:"roles"`
	Not      []string            `yaml:"not"`
	Statuses map[string][]string `yaml:"statuses"`
	Flags    []flag              `yaml:"flags"`
	// Waits and Payment are words of a state that waits for money, such as Awaiting
	// bank payment, if it has one of each and none of Arrived.
	Waits   []string `yaml:"waits"`
	Payment []string `yaml:"payment"`
	Arrived []string `yaml:"arrived"`
	// Unpaid are words of which one is enough.
	Unpaid []string `yaml:"unpaid"`
	// Ambiguous are states that end an order in one shop and cancel it in another.
	Ambiguous []string `yaml:"ambiguous"`
}

// flag is a column whose values say by themselves that a row is no sale.
type flag struct {
	Columns []string `yaml:"columns"`
	// Values are those that say so; none where any time in the column does.
	Values []string `yaml:"values"`
	Why    string   `yaml:"why"`
}

var vocab = readVocabulary()

func readVocabulary() vocabulary {
	var v vocabulary
	if err := yaml.UnmarshalWithOptions(wordsFile, &v, yaml.Strict()); err != nil {
		panic("draft: words.yaml: " + err.Error()) // it is a part of the program
	}
	return v
}

// fold is a name without what people vary: case, accents, and the signs between
// its words.
func fold(name string) string {
	var b strings.Builder
	lower := false // the rune before was a small letter
	for _, r := range name {
		if plain, ok := accents[unicode.ToLower(r)]; ok {
			b.WriteString(plain)
			lower = true
			continue
		}
		switch {
		case unicode.IsUpper(r):
			if lower {
				b.WriteByte(' ') // InvoiceDate
			}
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r) || unicode.IsDigit(r)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// accents are letters of the six languages in plain ones.
var accents = map[rune]string{
	'ä': "ae", 'ö': "oe", 'ü': "ue", 'ß': "ss", 'á': "a", 'à': "a", 'â': "a", 'ã': "a", 'ç': "c", 'é': "e", 'è': "e", 'ê': "e", 'ë': "e",
	'í': "i", 'î': "i", 'ï': "i", 'ñ': "n", 'ó': "o", 'ô': "o", 'õ': "o", 'ú': "u", 'ù': "u", 'û': "u", 'º': "o", 'ª': "a", '°': "o",
}

// nameScore is how well a name says that a column has a role, 0 to 1. The
// earlier a word stands in the list of its role, the more it says.
func nameScore(role, name string) float64 {
	folded := fold(name)
	best := 0.0
	words := vocab.Roles[role]
	for i, w := range words {
		weight := 1 - 0.3*float64(i)/float64(len(words))
		switch {
		case folded == w:
			best = max(best, weight)
		case containsWord(folded, w):
			best = max(best, 0.6*weight)
		}
	}
	if best > 0 && best < 0.69 && isOther(role, folded) {
		best *= 0.3
	}
	return best
}

// containsWord tells whether a folded name has another in it, as whole words. Chinese
// has no spaces between its words.
func containsWord(name, word string) bool {
	if isHan(word) {
		return strings.Contains(name, word)
	}
	return strings.Contains(" "+name+" ", " "+word+" ")
}

func isHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// isOther tells whether an amount's name says that it is another amount than
// what was paid, such as tax.
func isOther(role, folded string) bool {
	if role != roleAmount && role != rolePrice {
		return false
	}
	for _, w := range vocab.Not {
		if containsWord(folded, w) {
			return true
		}
	}
	return false
}
