package job

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// suggestion ends a message about an unknown word: with the nearest of the
// words allowed or, where none is near, with otherwise.
func suggestion(word string, allowed []string, otherwise string) string {
	if near, ok := Nearest(word, allowed); ok {
		return "did you mean " + quoted(near) + "?"
	}
	return otherwise
}

// Nearest finds the word that was probably meant: one that differs by a few
// letters or, failing that, one that goes on where the word stops or stops
// where it goes on (`discount` for `discount_rate`). Ties go to the earlier.
func Nearest(word string, allowed []string) (string, bool) {
	const longest = 64 // bytes; no allowed word is longer, and distance costs length squared
	if len(word) > longest {
		return "", false
	}
	word = folded(word)
	best, least := "", tolerance(word)+1
	for _, a := range allowed {
		if d := distance(word, folded(a)); d < least {
			best, least = a, d
		}
	}
	if best != "" {
		return best, true
	}
	const shortest = 3 // letters; fewer begin too many words
	for _, a := range allowed {
		f := folded(a)
		if min(len(word), len(f)) >= shortest && (strings.HasPrefix(word, f) || strings.HasPrefix(f, word)) {
			return a, true
		}
	}
	return "", false
}

// folded ignores what people vary without noticing: case and separators.
func folded(word string) string {
	return strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(word))
}

// distance is how many letters differ. Letters in the wrong order count as one
// slip (`cvs` for `csv`), which Levenshtein's distance counts as two or more.
func distance(a, b string) int {
	if a != b && sortedLetters(a) == sortedLetters(b) {
		return 1
	}
	return levenshtein.ComputeDistance(a, b)
}

// sortedLetters is the letters of a word in the order of the alphabet.
func sortedLetters(word string) string {
	letters := []rune(word)
	slices.Sort(letters)
	return string(letters)
}

// tolerance is how many letters of a word may be wrong: none of one, one of
// two or three, two of four, never more than three.
func tolerance(word string) int {
	if len(word) < 2 {
		return 0
	}
	return min(3, 1+len(word)/4)
}

// alternatives lists words for a message: `a`, `a or b`, `a, b or c`.
func alternatives(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
