package job

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Bounds that no job file written by people meets. The YAML library takes time
// that grows with the square of the nesting, so both are needed.
const (
	maxBytes = 1 << 20
	maxDepth = 64
)

// document turns the text of a job file into a tree. It returns nil after
// reporting why where there is no tree.
func (r *reader) document(data []byte) *node {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // some editors on Windows begin with it
	start := Position{File: r.file, Line: 1, Column: 1}
	if len(data) > maxBytes {
		r.report(start, "", "%d bytes is too long for a job file; want at most %d", len(data), maxBytes)
		return nil
	}
	if at, ok := firstNotUTF8(data); ok {
		r.report(Position{r.file, at.Line, at.Column}, "", "not UTF-8 text; save the file as UTF-8")
		return nil
	}
	r.lines = strings.Split(string(data), "\n")
	at := func(t *token.Token) Position { return r.tokenPosition(t) }
	body := r.parseYAML(string(data), at)
	if body == nil {
		if len(r.found) == 0 {
			r.report(start, "", "the file is empty; want at least name and sources")
		}
		return nil
	}
	c := converter{reader: r, at: at, anchors: map[string]*node{}}
	root := c.node(body, start)
	if c.lost {
		return nil // what is missing below is not the user's doing
	}
	return root
}

// parseYAML parses text that holds one document and returns its body: nil where
// there is none, or where a syntax error was reported.
func (r *reader) parseYAML(text string, at func(*token.Token) Position) ast.Node {
	tokens := lexer.Tokenize(text)
	if t := tooDeep(tokens); t != nil {
		r.report(at(t), "", "nested more than %d levels deep; a job file needs 7", maxDepth)
		return nil
	}
	// Duplicate keys are let through here because the library stops at the
	// first; the converter reports them all.
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		r.syntaxError(err, at)
		return nil
	}
	var body ast.Node
	for _, doc := range file.Docs {
		switch {
		case doc.Body == nil || doc.Body.Type() == ast.DirectiveType:
		case body != nil:
			r.report(at(doc.Start), "", "a second YAML document starts here; a job file is one document, so remove the --- or split the file")
			return nil
		default:
			body = doc.Body
		}
	}
	return body
}

// syntaxError reports what the YAML library says, without the excerpt of the
// file that it adds: the position is enough to find it.
func (r *reader) syntaxError(err error, at func(*token.Token) Position) {
	where, message := at(nil), err.Error()
	if y, ok := errors.AsType[yaml.Error](err); ok {
		where, message = at(y.GetToken()), y.GetMessage()
	}
	if where.File != r.file || !r.explainBroken(where) {
		r.report(where, "", "not valid YAML: %s", oneLine(message))
	}
}

// tokenPosition is where a token stands in the file.
func (r *reader) tokenPosition(t *token.Token) Position {
	if t == nil || t.Position == nil {
		return Position{File: r.file, Line: 1, Column: 1}
	}
	return Position{r.file, t.Position.Line, t.Position.Column}
}

// tooDeep finds the token that opens one level too many. Levels are counted
// where they cost little to write: brackets, and dashes that share a line.
// Nesting by indentation is held down by maxBytes.
func tooDeep(tokens token.Tokens) *token.Token {
	brackets, dashes, line := 0, 0, 0
	for _, t := range tokens {
		switch t.Type {
		case token.MappingStartType, token.SequenceStartType:
			brackets++
		case token.MappingEndType, token.SequenceEndType:
			brackets--
		case token.SequenceEntryType, token.MappingKeyType:
			if t.Position.Line != line {
				line, dashes = t.Position.Line, 0
			}
			dashes++
		default: // opens and closes nothing
		}
		if max(brackets, dashes) > maxDepth {
			return t
		}
	}
	return nil
}

// firstNotUTF8 finds the first byte that is not part of UTF-8 text.
func firstNotUTF8(data []byte) (Position, bool) {
	at := Position{Line: 1, Column: 1}
	for len(data) > 0 {
		c, size := utf8.DecodeRune(data)
		switch {
		case c == utf8.RuneError && size == 1:
			return at, true
		case c == '\n':
			at.Line, at.Column = at.Line+1, 1
		default:
			at.Column++
		}
		data = data[size:]
	}
	return Position{}, false
}

// oneLine keeps a message on one line and its control characters visible.
func oneLine(text string) string {
	return strings.NewReplacer("\t", `\t`, "\r", `\r`, "\n", " ").Replace(text)
}
