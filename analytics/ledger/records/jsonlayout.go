package records

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// Layout is where the records of a JSON file stand.
type Layout struct {
	// Lines: each line is an object.
	Lines bool
	// Sequence: the file is objects one after the other, each on one or more lines.
	Sequence bool
	// List names the members of the document that lead to the list of records; empty: the
	// document is the list.
	List []string
	// Found tells that nobody named the list: it is the only one with objects in it.
	Found bool
	// Inner leads from each record to its items: for each list on the way, the members
	// that lead to it. Each item is a row then.
	Inner [][]string
}

// numbered tells whether rows go by their number, as several may stand on one line.
func (l Layout) numbered() bool { return !l.Lines || len(l.Inner) > 0 }

// ListError says that it cannot be told which list of a document holds the records.
type ListError struct {
	Named string   // the list that was asked for; empty: none was
	Lists []string // those that have objects in them
}

// Error implements error.
func (e *ListError) Error() string {
	switch {
	case e.Named != "" && len(e.Lists) == 0:
		return fmt.Sprintf("it has no list %q, and no other list of objects", e.Named)
	case e.Named != "":
		return fmt.Sprintf("it has no list %q; its lists of objects are %s", e.Named, strings.Join(e.Lists, ", "))
	}
	return fmt.Sprintf("it has several lists of objects, %s: say which holds the records", strings.Join(e.Lists, " and "))
}

// layoutBytes is how much of a document is looked at to tell where its records stand. A
// list that begins further on is found when the rows are read.
const layoutBytes = 16 << 20

// errEnough ends the look at a document.
var errEnough = errors.New("records: enough of the document was seen")

// ReadLayout finds out where the records of a JSON file stand. path is the list that the
// job names, such as result.items or orders[].line_items[]; empty: none. lines tells that
// the name of the file says that each line is an object.
func ReadLayout(text io.Reader, path string, lines bool) (Layout, error) {
	parts := pathParts(path)
	if lines {
		return Layout{Lines: true, Inner: innerOf(parts)}, nil
	}
	t := newJSONText(io.MultiReader(io.LimitReader(text, layoutBytes), failing{errEnough}))
	switch c, err := t.next(); {
	case errors.Is(err, errEnough), err == nil && c != '{' && c != '[':
		return Layout{Lines: true, Inner: innerOf(parts)}, nil // to be refused line by line
	case err != nil:
		return Layout{}, err
	case c == '[':
		return Layout{Inner: innerOf(parts)}, nil
	}
	return documentLayout(t, path, parts)
}

// failing is a reader that has an error to say.
type failing struct{ err error }

// Read implements io.Reader.
func (f failing) Read([]byte) (int, error) { return 0, f.err }

// pathPart is a name in a path; brackets behind it say that it is a list.
type pathPart struct {
	name string
	list bool
}

func pathParts(path string) []pathPart {
	var parts []pathPart
	for part := range strings.SplitSeq(path, ".") {
		name, list := strings.CutSuffix(strings.TrimSpace(part), "[]")
		if name != "" {
			parts = append(parts, pathPart{name, list})
		}
	}
	return parts
}

// namesOfParts are the names of the first n parts.
func namesOfParts(parts []pathPart, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = parts[i].name
	}
	return names
}

// innerOf is what leads from a record to its items. What a path ends with is a list.
func innerOf(parts []pathPart) [][]string {
	var inner [][]string
	var names []string
	for i, p := range parts {
		names = append(names, p.name)
		if p.list || i == len(parts)-1 {
			inner, names = append(inner, names), nil
		}
	}
	return inner
}

// documentLayout is the layout of a text that begins with an object.
func documentLayout(t *jsonText, path string, parts []pathPart) (Layout, error) {
	w, begins := &listWalk{text: t}, t.line()
	err := w.object(nil)
	whole, oneLine := err == nil, t.line() == begins
	if whole {
		_, next := t.next()
		switch {
		case next == nil && oneLine:
			return Layout{Lines: true, Inner: innerOf(parts)}, nil
		case next == nil:
			return Layout{Sequence: true, Inner: innerOf(parts)}, nil
		case !errors.Is(next, io.EOF) && !errors.Is(next, errEnough):
			return Layout{}, next
		}
	} else if at := (*Error)(nil); errors.As(err, &at) && at.Line == 1 {
		return Layout{Lines: true, Inner: innerOf(parts)}, nil // to be refused as a line
	} else if !errors.Is(err, errEnough) {
		return Layout{}, err
	}
	if len(parts) > 0 {
		return namedLayout(w, path, parts, whole)
	}
	switch lists := w.names(); {
	case len(lists) > 1:
		return Layout{}, &ListError{Lists: lists}
	case len(lists) == 1:
		return Layout{List: w.lists[0], Found: true}, nil
	case !whole:
		return Layout{}, fmt.Errorf("no list of objects begins in its first %d MB: say where the records stand", layoutBytes>>20)
	}
	return Layout{Lines: oneLine, Sequence: !oneLine}, nil // one record
}

// namedLayout finds the list that a path begins with; what is left of the path leads to
// the items of each record.
func namedLayout(w *listWalk, path string, parts []pathPart, whole bool) (Layout, error) {
	for _, list := range w.all {
		if len(list) <= len(parts) && slices.Equal(namesOfParts(parts, len(list)), list) {
			return Layout{List: list, Inner: innerOf(parts[len(list):])}, nil
		}
	}
	if !whole {
		return Layout{}, fmt.Errorf("no list %q begins in its first %d MB", path, layoutBytes>>20)
	}
	return Layout{}, &ListError{Named: path, Lists: w.names()}
}

// listWalk finds the lists of a document.
type listWalk struct {
	text  *jsonText
	all   [][]string // the members that lead to each list
	lists [][]string // of them those with objects in them
}

func (w *listWalk) names() []string {
	names := make([]string, len(w.lists))
	for i, l := range w.lists {
		names[i] = strings.Join(l, ".")
	}
	return names
}

// object goes through the members of an object.
func (w *listWalk) object(path []string) error {
	return w.text.members(func(name string) error {
		return w.value(append(path[:len(path):len(path)], name))
	})
}

// value passes the value of a member, and notes the lists in it.
func (w *listWalk) value(path []string) error {
	c, err := w.text.nextInside()
	switch {
	case err != nil:
		return err
	case c == '{':
		return w.object(path)
	case c != '[':
		return w.text.skip()
	}
	w.all = append(w.all, path)
	w.text.pass(1)
	if c, err = w.text.nextInside(); err != nil {
		return err
	}
	if c == '{' {
		w.lists = append(w.lists, path)
	}
	return w.text.items(func() error { return w.text.skip() })
}

// members passes an object; visit passes the value of each member.
func (t *jsonText) members(visit func(name string) error) error {
	if err := t.expect('{'); err != nil {
		return err
	}
	c, err := t.nextInside()
	if err != nil {
		return err
	}
	if c == '}' {
		t.pass(1)
		return nil
	}
	for {
		name, err := t.memberName()
		if err != nil {
			return err
		}
		if err := visit(name); err != nil {
			return err
		}
		if ended, err := t.follows('}'); ended || err != nil {
			return err
		}
	}
}

// memberName passes the name of a member and the colon behind it.
func (t *jsonText) memberName() (string, error) {
	c, err := t.nextInside()
	if err != nil {
		return "", err
	}
	if c != '"' {
		return "", t.fail("expected the name of a member in quotes here, as JSON has it: export the file again")
	}
	text, err := t.keep()
	if err != nil {
		return "", err
	}
	name := gjson.ParseBytes(text).String()
	return name, t.expect(':')
}

// items passes a list whose bracket is passed; visit passes each of its values.
func (t *jsonText) items(visit func() error) error {
	c, err := t.nextInside()
	if err != nil {
		return err
	}
	if c == ']' {
		t.pass(1)
		return nil
	}
	for {
		if err := visit(); err != nil {
			return err
		}
		if ended, err := t.follows(']'); ended || err != nil {
			return err
		}
	}
}
