// Package terminal keeps text from giving orders to the terminal that shows it.
// Names of files, columns, segments and customers come from elsewhere: a control
// character in one could clear the screen, forge a line of output or turn its
// direction.
package terminal

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"
)

// Text is s on one line, with whatever a terminal would obey written out: an
// escape character as \x1b, the end of a line as \n, an override of direction as
// \u202e, a byte that is not UTF-8 as \x9b.
func Text(s string) string { return escaped(s, written) }

// written is an unseen rune, or a broken byte, as Go writes it in quotes.
func written(r rune, bytes string) string {
	switch {
	case r == utf8.RuneError:
		return fmt.Sprintf(`\x%02x`, bytes)
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < 0x80:
		return fmt.Sprintf(`\x%02x`, r)
	case r > 0xffff:
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// escaped is s with write's text for each rune that is not safe to show.
func escaped(s string, write func(r rune, bytes string) string) string {
	var out strings.Builder
	shown := 0 // bytes of s in out
	for i, size := 0, 0; i < len(s); i += size {
		var r rune
		r, size = utf8.DecodeRuneInString(s[i:])
		if broken := r == utf8.RuneError && size == 1; broken || !safe(r) {
			out.WriteString(s[shown:i])
			out.WriteString(write(r, s[i:i+size]))
			shown = i + size
		}
	}
	if shown == 0 {
		return s
	}
	out.WriteString(s[shown:])
	return out.String()
}

// safe tells whether a rune is shown or spaces what is shown. Joiners are: without
// them Persian and Indic words and many emoji are other ones. So are the format
// characters that are seen, such as U+0600.
func safe(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	switch {
	case r < 0x7f:
		return r >= ' '
	case unicode.IsControl(r), unicode.In(r, unicode.Zl, unicode.Zp):
		return false
	case unicode.Is(unicode.Cf, r):
		return r == nonJoiner || r == joiner || unicode.Is(unicode.Prepended_Concatenation_Mark, r)
	}
	return true
}

// JSON is a writer for JSON documents, each written at once. The same documents
// come out, with the runes that are not safe to show as \u escapes.
func JSON(w io.Writer) io.Writer {
	return writer{w, func(document string) string {
		return escaped(document, func(r rune, bytes string) string {
			switch {
			case r == '\n': // between tokens: in strings it is escaped already
				return bytes
			case r == utf8.RuneError:
				return string(r)
			case r > 0xffff:
				const high, low, ten, mask = 0xd800, 0xdc00, 10, 0x3ff
				r -= 0x10000
				return fmt.Sprintf(`\u%04x\u%04x`, high+r>>ten, low+r&mask)
			}
			return fmt.Sprintf(`\u%04x`, r)
		})
	}}
}

// Data is a writer for lines of data: to a terminal as [Text] has them, elsewhere
// as they are.
func Data(w io.Writer) io.Writer {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return Lines(w)
	}
	return w
}

// Lines is a writer that keeps the ends of lines and writes out what else a
// terminal would obey. Lines come whole.
func Lines(w io.Writer) io.Writer {
	return writer{w, func(text string) string {
		return escaped(text, func(r rune, bytes string) string {
			if r == '\n' {
				return bytes
			}
			return written(r, bytes)
		})
	}}
}

// writer writes each text as safe makes it.
type writer struct {
	w    io.Writer
	safe func(string) string
}

// Write implements io.Writer.
func (w writer) Write(p []byte) (int, error) {
	if _, err := io.WriteString(w.w, w.safe(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}
