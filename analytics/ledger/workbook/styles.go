package workbook

import (
	"slices"
	"strings"
)

// clock is how the numbers of a style are times.
type clock int

const (
	noClock clock = iota
	day           // with or without a time of day
	timeOfDay
)

// readStyles finds out which styles show numbers as times.
func (b *Book) readStyles() error {
	part, err := b.partBeside("styles")
	if err != nil || part == "" {
		return err
	}
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := b.decode(part, &styles); err != nil {
		return err
	}
	own := map[int]clock{}
	for _, f := range styles.Formats {
		own[f.ID] = clockOf(f.Code)
	}
	for _, c := range styles.Cells {
		is, stated := own[c.Format]
		if !stated {
			is = builtIn(c.Format)
		}
		b.dates = append(b.dates, is)
	}
	return nil
}

// builtIn is how a format that needs no code shows numbers: ECMA-376 part 1, 18.8.30, with
// those of East Asian languages.
func builtIn(format int) clock {
	switch {
	case format >= 18 && format <= 21, format == 45, format == 47, format >= 32 && format <= 35, format == 55, format == 56:
		return timeOfDay
	case format >= 14 && format <= 17, format == 22, format >= 27 && format <= 31, format == 36, format >= 50 && format <= 54, format == 57, format == 58:
		return day
	}
	return noClock
}

// clockOf tells what the code of a format shows: 0.00, yyyy-mm-dd hh:mm, [h]:mm.
func clockOf(code string) clock {
	letters := codeLetters(code)
	has := func(any string) bool { return strings.ContainsAny(letters, any) }
	switch {
	case strings.Contains(letters, "general"), has("0#?@"), !has("ymdhseg"):
		return noClock
	case has("yde"):
		return day
	case has("hs"):
		return timeOfDay
	}
	return day // months alone
}

// codeLetters is the first section of a code without what it shows as it is. A length of
// time in brackets, [h], is a number.
func codeLetters(code string) string {
	var out []rune
	signs := []rune(strings.ToLower(code))
	for i := 0; i < len(signs); i++ {
		switch signs[i] {
		case ';':
			return string(out)
		case '"':
			i += closing(signs[i+1:], '"')
		case '[':
			end := closing(signs[i+1:], ']')
			if inner := strings.Trim(string(signs[i+1:min(len(signs), i+end)]), "hms"); end > 1 && inner == "" {
				return "" // a length of time
			}
			i += end
		case '\\', '_', '*':
			i++
		case 'a':
			i += ampm(string(signs[i:]))
		default:
			out = append(out, signs[i])
		}
	}
	// 0 behind seconds are their fractions.
	return strings.NewReplacer("ss.000", "ss", "ss.00", "ss", "ss.0", "ss", "s.000", "s", "s.00", "s", "s.0", "s").Replace(string(out))
}

// closing is how many signs it is to the one that closes, and all where none does.
func closing(signs []rune, sign rune) int {
	if at := slices.Index(signs, sign); at >= 0 {
		return at + 1
	}
	return len(signs)
}

// ampm is how many signs behind the first belong to AM/PM or A/P; days of the week (aaa)
// are letters of a day that say nothing by themselves.
func ampm(code string) int {
	for _, word := range []string{"am/pm", "a/p"} {
		if strings.HasPrefix(code, word) {
			return len(word) - 1
		}
	}
	return 0
}
