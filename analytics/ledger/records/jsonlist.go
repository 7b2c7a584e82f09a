package records

import (
	"errors"
	"io"
	"slices"
	"strings"
)

// objectList reads the objects in a list of a document, or objects that follow each other.
type objectList struct {
	text   *jsonText
	layout Layout
	state  listState
}

type listState int

const (
	listAhead listState = iota
	listBegun
	listInside
	listPassed
)

func (l *objectList) linesRead() int64 { return l.text.passed.Lines() }

func (l *objectList) cut(int64) error { return nil }

// next gives the next value of the list.
func (l *objectList) next() ([]byte, int64, error) {
	if l.layout.Sequence {
		return l.nextOfSequence()
	}
	ended := false
	var err error
	switch l.state {
	case listPassed:
		return nil, 0, io.EOF
	case listAhead:
		if err := l.descend(); err != nil {
			return nil, 0, err
		}
		l.state = listInside
		if c, err := l.text.nextInside(); err != nil {
			return nil, 0, err
		} else if ended = c == ']'; ended {
			l.text.pass(1)
		}
	case listInside, listBegun:
		ended, err = l.text.follows(']')
	}
	if err != nil {
		return nil, 0, err
	}
	if ended {
		l.state = listPassed
		if err := l.ascend(); err != nil {
			return nil, 0, err
		}
		return nil, 0, io.EOF
	}
	return l.value()
}

func (l *objectList) value() ([]byte, int64, error) {
	if _, err := l.text.nextInside(); err != nil {
		return nil, 0, err
	}
	line := l.text.line()
	text, err := l.text.keep()
	return text, line, err
}

func (l *objectList) nextOfSequence() ([]byte, int64, error) {
	if _, err := l.text.next(); err != nil {
		return nil, 0, err
	}
	return l.value()
}

// errDescended ends the way through an object where the list is found.
var errDescended = errors.New("records: the list is found")

// descend passes all that stands before the first value of the list.
func (l *objectList) descend() error {
	for _, wanted := range l.layout.List {
		if err := l.enter(wanted); err != nil {
			return err
		}
	}
	return l.text.expect('[')
}

// enter passes an object up to the value of a member.
func (l *objectList) enter(wanted string) error {
	if c, err := l.text.nextInside(); err != nil || c != '{' {
		return errors.Join(err, l.text.fail("expected an object with the member %q here", wanted))
	}
	err := l.text.members(func(name string) error {
		if name == wanted {
			return errDescended
		}
		return l.text.skip()
	})
	switch {
	case errors.Is(err, errDescended):
		return nil
	case err != nil:
		return err
	}
	return l.text.fail("the object that ends here has no member %q, which leads to the list of records", wanted)
}

// ascend passes all that stands behind the list.
func (l *objectList) ascend() error {
	w := &listWalk{text: l.text}
	for depth := len(l.layout.List) - 1; depth >= 0; depth-- {
		path := l.layout.List[:depth]
		for {
			ended, err := l.text.follows('}')
			if err != nil {
				return err
			}
			if ended {
				break
			}
			if err := l.passMember(w, path); err != nil {
				return err
			}
		}
	}
	switch _, err := l.text.next(); {
	case err == nil:
		return l.text.fail("the document ends before this, and something follows it: export the file again")
	case !errors.Is(err, io.EOF):
		return err
	}
	return nil
}

// passMember passes a member behind the list. It must not be another list that may have
// been meant.
func (l *objectList) passMember(w *listWalk, path []string) error {
	if _, err := l.text.nextInside(); err != nil {
		return err
	}
	line := l.text.line()
	name, err := l.text.memberName()
	if err != nil {
		return err
	}
	if name == l.layout.List[len(path)] {
		return &Error{line, "the document has the member " + name + " twice, which leads to the list of records: export the file again"}
	}
	if err := w.value(append(slices.Clone(path), name)); err != nil {
		return err
	}
	if l.layout.Found && len(w.lists) > 0 {
		return &Error{line, (&ListError{Lists: []string{strings.Join(l.layout.List, "."), w.names()[0]}}).Error() + ", by records beside the path"}
	}
	return nil
}
