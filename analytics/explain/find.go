package explain

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

// Found is how the id that was asked for led to a customer.
type Found struct {
	Asked string `json:"asked"`
	ID    string `json:"customer_id"`
	// Because is exact, spelling (the ids differ in case, blanks or width of letters) or
	// merged (the id is published under another), or member (of the account at the top, which
	// is the customer).
	Because string `json:"because"`
	// MergedBy says by what the ids are one person: normalise, map or the name of a key.
	MergedBy string `json:"merged_by,omitempty"`
}

// How an id was found.
const (
	ByExactID  = "exact"
	BySpelling = "spelling"
	ByMerging  = "merged"

	ByMembership = "member"
)

// NotFound is an id that leads to no customer. It tells nothing of other customers: who
// asks at a counter with a mistyped id is shown no id of somebody else.
type NotFound struct {
	ID        string
	Several   int                      // customers whose ids differ in spelling alone; 0: none is near
	Shape     string                   // what all ids look like, as 99999; empty: they have no one shape
	Rejected  map[string]int64         // rows set aside in which the id stands, by reason
	AllBack   bool                     // it is of a customer of whom every order came back
	Below     int64                    // customers below it, where it is an account that buys nothing by itself
	Returned  int64                    // customers of whom no purchase is left, and whose ids are not published
	Publisher *publication.Publication // where it was looked for
}

// Error says it in English, as logs do.
func (e *NotFound) Error() string {
	return fmt.Sprintf("no customer %q in %s", e.ID, e.Publisher.Path)
}

// find leads an id to a customer.
func find(p *publication.Publication, asked string) (Found, *publication.Row, error) {
	of := Found{Asked: asked, ID: asked, Because: ByExactID}
	row, found, err := p.ReadCustomer(asked)
	if err != nil || found {
		return of, row, err
	}
	if of, err = findMerged(p, of); err != nil {
		return of, nil, err
	}
	if of, err = findMember(p, of); err != nil {
		return of, nil, err
	}
	missing := &NotFound{ID: asked, Publisher: p}
	if of.Because == ByExactID {
		if of, err = findSpelled(p, of, missing); err != nil {
			return of, nil, err
		}
	}
	if of.Because != ByExactID {
		if row, found, err = p.ReadCustomer(of.ID); err != nil || found {
			return of, row, err
		}
	}
	return of, nil, errors.Join(missing.lookElsewhere(of.ID), missing)
}

// findMerged looks for the customer under whom an id is published.
func findMerged(p *publication.Publication, of Found) (Found, error) {
	rows, err := p.ReadListed(column.Identity, "alias", of.Asked)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(rows) == 0 {
		return of, nil
	}
	if err != nil {
		return of, err
	}
	cells := map[string]string{}
	for _, c := range rows[0].Cells {
		cells[c.Name], _ = c.Value.(string)
	}
	return Found{Asked: of.Asked, ID: cells["customer"], Because: ByMerging, MergedBy: cells["by"]}, nil
}

// findSpelled looks for the one customer whose id differs in spelling alone.
func findSpelled(p *publication.Publication, of Found, missing *NotFound) (Found, error) {
	var near []string
	shape := shapes{}
	want := spelling(of.Asked)
	err := p.EachID(func(id string) bool {
		shape.add(id)
		if spelling(id) == want {
			near = append(near, id)
		}
		return true
	})
	if err != nil {
		return of, err
	}
	missing.Shape = shape.common()
	switch len(near) {
	case 0:
		return of, nil
	case 1:
		return Found{Asked: of.Asked, ID: near[0], Because: BySpelling}, nil
	}
	missing.Several = len(near)
	return of, nil
}

var fold = cases.Fold()

// spelling is what ids have in common that a person would read out alike: letters without
// their case and width, no blanks, no zeros in front of a number and no .0 behind it.
func spelling(id string) string {
	id = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, fold.String(norm.NFKC.String(id)))
	if isNumber(strings.TrimSuffix(id, ".0")) {
		id = strings.TrimSuffix(id, ".0")
		if id = strings.TrimLeft(id, "0"); id == "" {
			id = "0"
		}
	}
	return id
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// shapes are what ids look like: digits as 9, letters as A, all else as it is. A shape
// gives away nothing of a customer.
type shapes map[string]int

// mostShapes is how many shapes are told apart: more of them have nothing in common.
const mostShapes = 64

func (s shapes) add(id string) {
	if len(s) < mostShapes {
		s[shapeOf(id)]++
	}
}

func shapeOf(id string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			return '9'
		case unicode.IsLetter(r):
			return 'A'
		case unicode.IsPunct(r) || r == ' ':
			return r
		}
		return '?'
	}, id)
}

// common is the shape of nearly all ids; empty where there is none.
func (s shapes) common() string {
	const nearlyAll = 0.9 // a few ids of tests and tills are no other shape
	total, best, name := 0, 0, ""
	for shape, n := range s {
		total += n
		if n > best || n == best && shape < name {
			best, name = n, shape
		}
	}
	if float64(best) < nearlyAll*float64(total) {
		return ""
	}
	return name
}

// lookElsewhere looks what the publication knows of an id that is no customer's. published
// is the id under which it would be listed.
func (e *NotFound) lookElsewhere(published string) error {
	e.Returned = e.Publisher.ReturnsOnly.Customers
	back, err := e.Publisher.ReadListed(column.AllReturned, column.CustomerID.Name, published)
	switch f := e.Publisher.Returns.ReturnFates; {
	case err == nil:
		e.AllBack = len(back) > 0
	case !errors.Is(err, fs.ErrNotExist):
		return err
	case f != nil: // a version before did not list them
		e.Returned += f.AllReturned.Customers
	}
	if h := e.Publisher.Hierarchy; h != nil && h.Level == publication.LevelCustomer {
		account, err := accountOf(e.Publisher, published)
		if err != nil {
			return err
		}
		if account != nil {
			e.Below = account.Members
		}
	}
	counts, err := e.Publisher.CountRejects(e.ID)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	e.Rejected = counts
	return err
}
