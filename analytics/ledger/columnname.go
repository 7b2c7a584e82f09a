package ledger

import (
	"errors"
	"fmt"
	"strings"

	"clientele/analytics/scalar"
)

// noColumnError says that no column of an export has a name.
type noColumnError struct{ name string }

func (e *noColumnError) Error() string { return fmt.Sprintf("there is no column %q", e.name) }

// ambiguousError says that several columns of an export may have a name.
type ambiguousError struct{ name, message string }

func (e *ambiguousError) Error() string { return fmt.Sprintf("%q %s", e.name, e.message) }

// columnNamed finds the column of a name, or gives -1: one of the export's own before
// one of a joined file, and that before one named with its file.
func (b *batch) columnNamed(name string) (int, error) {
	for _, called := range []func(column) string{
		func(c column) string { return c.nameIf(c.join == 0) },
		func(c column) string { return c.nameIf(c.join > 0 && !c.hidden) },
		func(c column) string { return c.full },
	} {
		if at, err := b.columnCalled(name, called); at >= 0 || err != nil {
			return at, err
		}
	}
	return -1, nil
}

// nameIf is a column's name where it goes by it, and no name where it does not.
func (c column) nameIf(goes bool) string {
	if !goes {
		return ""
	}
	return c.name
}

// columnCalled finds the column that is called by a name, or gives -1. A column of exactly
// this spelling is taken first; otherwise a column that differs only in case, if there is
// just one. A name that stands for several columns finds none.
func (b *batch) columnCalled(name string, called func(column) string) (int, error) {
	var same, alike []int
	for i, c := range b.columns {
		switch is := called(c); {
		case is == "":
		case is == name:
			same = append(same, i)
		case strings.EqualFold(is, name):
			alike = append(alike, i)
		}
	}
	switch {
	case len(same) == 1:
		return same[0], nil
	case len(same) > 1 && b.columns[same[0]].join > 0:
		return -1, &ambiguousError{name, "stands in several joined files: write it with its file, " + b.fullNames(same)}
	case len(same) > 1:
		return -1, &ambiguousError{name, fmt.Sprintf("is the name of %d columns of %s: rename them in the export, so that it is clear which is meant", len(same), b.files[0].path)}
	case len(alike) == 1:
		return alike[0], nil
	case len(alike) > 1:
		if b.columns[alike[0]].join > 0 {
			return -1, &ambiguousError{name, "may name several columns of the joined files: write it as they do, " + b.fullNames(alike)}
		}
		names := make([]string, len(alike))
		for k, i := range alike {
			names[k] = fmt.Sprintf("%q", b.columns[i].name)
		}
		return -1, &ambiguousError{name, fmt.Sprintf("may name several columns of %s: write it as the export does, %s", b.files[0].path, strings.Join(names, " or "))}
	}
	return -1, nil
}

// fullNames lists joined columns with their files: customers.city or sellers.city.
func (b *batch) fullNames(columns []int) string {
	names := make([]string, len(columns))
	for k, i := range columns {
		names[k] = b.columns[i].full
	}
	return strings.Join(names, " or ")
}

// place finds the column that a reference in an expression means: one whose
// name has dots, or the one of which the rest of the reference is a member.
func (b *batch) place(text string, r scalar.Reference) (columnPlace, error) {
	for parts := len(r.Path); parts > 0; parts-- {
		name := strings.Join(r.Path[:parts], ".")
		column, err := b.columnNamed(name)
		if err != nil {
			return columnPlace{}, err
		}
		if column < 0 {
			continue
		}
		end, ok := tokens(text, r.At, r.Path[:parts])
		if !ok {
			return columnPlace{}, errors.New("names a column in a form that is not understood; write it in another way")
		}
		return columnPlace{r.At, end, column}, nil
	}
	return columnPlace{}, &noColumnError{strings.Join(r.Path, ".")}
}

// tokens passes names joined by dots that stand at a place in a text, and
// gives where they end.
func tokens(text string, at int, names []string) (end int, ok bool) {
	if at < 0 || at > len(text) {
		return 0, false
	}
	for i, name := range names {
		if i > 0 {
			if at = skipBlank(text, at); !strings.HasPrefix(text[at:], ".") {
				return 0, false
			}
			at = skipBlank(text, at+1)
		}
		quoted := `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		switch {
		case strings.HasPrefix(text[at:], quoted):
			at += len(quoted)
		case len(text)-at >= len(name) && strings.EqualFold(text[at:at+len(name)], name):
			at += len(name)
		default:
			return 0, false
		}
	}
	return at, true
}

func skipBlank(text string, at int) int {
	return at + len(text[at:]) - len(strings.TrimLeft(text[at:], " \t\r\n"))
}
