package job

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// An expression holds signs that mean something else to YAML: quotes, #, a
// colon. Where one breaks the file, the YAML library names a place and its own
// grammar. What follows finds the value and says which quotes to add.

// breakage is a value that YAML reads otherwise than it was meant.
type breakage struct {
	column int    // of the value, 1-based
	why    string // what the sign means to YAML
	mended string // the line, or as much of it as has to change
}

// entryLine is a line of a block: dashes, a key, and what is under it.
var entryLine = regexp.MustCompile(`^(\s*(?:- +)*)([\p{L}\p{N}_.-]+): +(\S.*)$`)

// flowEntry is where a key of a mapping in braces begins.
var flowEntry = regexp.MustCompile(`[{,]\s*([A-Za-z_][A-Za-z0-9_.-]*):\s+`)

// breakageOf finds what breaks a line; ok is false where nothing in it does.
func breakageOf(line string) (_ breakage, ok bool) {
	line = strings.TrimRight(line, " \r")
	parts := entryLine.FindStringSubmatch(line)
	if parts == nil {
		return breakage{}, false
	}
	before, key, value := parts[1], parts[2], parts[3]
	if value[0] == '{' && flowEntry.MatchString(value) {
		return flowBreakage(line, len(line)-len(value))
	}
	why := misread(value)
	if why == "" {
		return breakage{}, false
	}
	column := len([]rune(before)) + len([]rune(key)) + len(": ") + 1
	return breakage{column, why, key + ": " + inQuotes(value)}, true
}

// flowBreakage finds the values in braces that need quotes, and mends them all.
func flowBreakage(line string, from int) (_ breakage, ok bool) {
	var b breakage
	var mended strings.Builder
	starts := flowEntry.FindAllStringIndex(line[from:], -1)
	for k, s := range starts {
		at, end := from+s[1], len(line)
		if k+1 < len(starts) {
			end = from + starts[k+1][0]
		} else if brace := strings.LastIndexByte(line, '}'); brace >= at {
			end = brace
		}
		value := strings.TrimSpace(line[at:end])
		why := misread(value)
		if why == "" && !isQuoted(value) && strings.ContainsAny(value, ",[]{}") && !nestedFlow(value) {
			why = "within braces a comma or a bracket ends a value"
		}
		mended.WriteString(line[from+s[0] : at])
		if why == "" {
			mended.WriteString(value)
			continue
		}
		if b.why == "" {
			b.column, b.why = len([]rune(line[:at]))+1, why
		}
		mended.WriteString(inQuotes(value))
	}
	b.mended = strings.TrimSpace(line[:from] + mended.String() + "}")
	return b, b.why != ""
}

// nestedFlow tells whether a value in braces is a mapping or a list itself.
func nestedFlow(value string) bool {
	return strings.HasPrefix(value, "{") && strings.HasSuffix(value, "}") ||
		strings.HasPrefix(value, "[") && strings.HasSuffix(value, "]")
}

// meansFlow tells whether a value opens a mapping or a list as YAML has them:
// nothing follows where it closes, or it goes on below.
func meansFlow(value string) bool {
	closing := map[byte]string{'{': "}", '[': "]"}[value[0]]
	return closing != "" && (!strings.Contains(value, closing) || nestedFlow(value))
}

// leading are signs that mean something to YAML at the start of a value.
var leading = map[byte]string{
	'*': "a value that begins with * refers to another to YAML",
	'&': "a value that begins with & gets a name to YAML",
	'!': "a value that begins with ! states a type to YAML",
	'@': "YAML allows no value that begins with @",
	'`': "YAML allows no value that begins with a backtick",
	'|': "a value that begins with | goes on over the lines below to YAML",
	'>': "a value that begins with > goes on over the lines below to YAML",
	'{': "a value that begins with { is a mapping to YAML",
	'[': "a value that begins with [ is a list to YAML",
}

// misread says why YAML does not read a value as the text that it is; empty
// where it does.
func misread(value string) string {
	switch first := value[:min(1, len(value))]; {
	case first == "":
		return ""
	case first == `"` || first == "'":
		if end := quotesEnd(value); end > 0 && end < len(value) && !isComment(value[end:]) {
			return "a value that begins with a quote ends with the next one to YAML, and more follows"
		}
		return ""
	case leading[first[0]] != "" && !isBlockHeader(value) && !meansFlow(value) && !wholeWord(value):
		return leading[first[0]]
	case strings.HasPrefix(value, "- ") || strings.HasPrefix(value, "? "):
		return fmt.Sprintf("a value that begins with %s and a space is a list or a key to YAML", first)
	}
	// A comment may hold anything; a colon in front of it does not.
	text, _, _ := strings.Cut(value, " #")
	if strings.Contains(text, ": ") || strings.HasSuffix(text, ":") {
		return "a colon and a space within a value make a key of what stands before them to YAML"
	}
	return ""
}

// wholeWord is a value that is a reference, name or type of YAML as people write
// it who know what that is: a sign and a word, such as *net.
func wholeWord(value string) bool { return yamlWord.MatchString(value) }

var (
	yamlWord    = regexp.MustCompile(`^[*&!][\p{L}\p{N}_!-]+( +#.*)?$`)
	blockHeader = regexp.MustCompile(`^[|>][+-]?[1-9]?[+-]?( +#.*)?$`)
)

func isBlockHeader(value string) bool { return blockHeader.MatchString(value) }

func isComment(rest string) bool {
	trimmed := strings.TrimLeft(rest, " ")
	return trimmed == "" || trimmed != rest && trimmed[0] == '#'
}

func isQuoted(value string) bool { return quotesEnd(value) == len(value) }

// quotesEnd is where the quotes at the start of a value have closed; -1 where
// they do not.
func quotesEnd(value string) int {
	if value == "" || value[0] != '"' && value[0] != '\'' {
		return -1
	}
	for i := 1; i < len(value); i++ {
		switch {
		case value[i] == '\\' && value[0] == '"':
			i++
		case value[i] != value[0]:
		case value[0] == '\'' && i+1 < len(value) && value[i+1] == '\'':
			i++
		default:
			return i + 1
		}
	}
	return -1
}

// inQuotes writes a text as one value of YAML.
func inQuotes(text string) string {
	if strings.ContainsFunc(text, unicode.IsControl) { // such as an end of a line in a name
		return strconv.Quote(text)
	}
	if strings.Contains(text, "'") && !strings.ContainsAny(text, `"\`) {
		return `"` + text + `"`
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// explainBroken reports which value of the file broke it, if one is found: on
// the line where the YAML library stopped, or on the one above.
func (r *reader) explainBroken(at Position) bool {
	const near = 2 // lines: the library names the line below where a value runs on
	for line := at.Line; line > max(0, at.Line-near); line-- {
		if line > len(r.lines) {
			continue
		}
		b, ok := breakageOf(r.lines[line-1])
		if ok {
			r.report(Position{r.file, line, b.column}, "", "not valid YAML: %s; put quotes around the whole value: %s", b.why, b.mended)
			return true
		}
	}
	return false
}

// mending says how to write a value that was meant as text; empty where that is
// not to be told from the line.
func (r *reader) mending(at Position) string {
	if at.Line < 1 || at.Line > len(r.lines) {
		return ""
	}
	line := strings.TrimRight(r.lines[at.Line-1], " \r")
	if b, ok := breakageOf(line); ok {
		return "; if it is meant as text, put quotes around the whole value: " + b.mended
	}
	parts := entryLine.FindStringSubmatch(line)
	if parts == nil || parts[3][0] == '{' && flowEntry.MatchString(parts[3]) {
		return ""
	}
	return "; if it is meant as text, put quotes around it: " + parts[2] + ": " + inQuotes(parts[3])
}

// commentBehind is what stands behind the value at a place and is a comment to
// YAML, from the blanks before its # on; empty where there is none.
func (r *reader) commentBehind(at Position) string {
	if at.File != r.file || at.Line < 1 || at.Line > len(r.lines) {
		return ""
	}
	line := []rune(r.lines[at.Line-1])
	if at.Column < 1 || at.Column > len(line) {
		return ""
	}
	value := strings.TrimRight(string(line[at.Column-1:]), " \r")
	if strings.HasPrefix(value, `"`) || strings.HasPrefix(value, "'") {
		return ""
	}
	if hash := strings.Index(value, " #"); hash > 0 {
		return value[len(strings.TrimRight(value[:hash], " ")):]
	}
	return ""
}

// YAMLText writes a text as the value of a key, in quotes where YAML would read
// it otherwise.
func YAMLText(text string) string {
	if text == "" || strings.EqualFold(text, "null") || text == "<<" || text == "=" || misread(text) != "" || text[0] == '"' || text[0] == '\'' || strings.TrimSpace(text) != text ||
		strings.Contains(text, " #") || text[0] == '#' || strings.ContainsAny(text[:1], "&*!@`|>{}[]%,?~") || strings.ContainsFunc(text, unicode.IsControl) || strings.Contains(text, `\`) ||
		strings.HasPrefix(text, "-") || strings.Contains(text, ":") {
		return inQuotes(text)
	}
	return text
}

// YAMLListed writes a text as an entry of a list in brackets.
func YAMLListed(text string) string {
	if quoted := YAMLText(text); quoted != text || !strings.ContainsAny(text, ",[]{}#") {
		return quoted
	}
	return inQuotes(text)
}
