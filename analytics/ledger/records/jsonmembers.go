package records

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// Member is a column of a JSON file: a member of its records, of an object within them,
// or of what a record is an item of.
type Member struct {
	Name string
	// Path leads to it from the record, or from what the record is an item of.
	Path []string
	// Up is how many lists the member is above the record.
	Up int
}

// Inner tells whether the value is part of another member's.
func (m Member) Inner() bool { return len(m.Path) > 1 }

// parentPrefix begins the names of what a row is an item of: parent.id is the order's id
// in a row about one of its lines.
const parentPrefix = "parent."

// mostMembers is how many columns are told apart. Objects that are used as tables, with a
// member for each product, would have no end of them.
const mostMembers = 5000

// memberNames collects the members of records.
type memberNames struct {
	all  []Member
	seen map[string]bool
}

func (n *memberNames) add(row jsonRow, inner [][]string) {
	for up, object := range row {
		without := "" // the list that the row is an item of
		if up > 0 {
			without = strings.Join(inner[len(inner)-up], ".")
		}
		n.addObject(object, nil, up, without)
	}
}

func (n *memberNames) addObject(object gjson.Result, path []string, up int, without string) {
	if !object.IsObject() {
		return
	}
	object.ForEach(func(key, value gjson.Result) bool {
		below := slices.Concat(path, []string{key.String()})
		joined := strings.Join(below, ".")
		name := strings.Repeat(parentPrefix, up) + joined
		if holds := strings.HasPrefix(without+".", joined+"."); !holds && !n.seen[name] && len(n.all) < mostMembers {
			n.seen[name] = true
			n.all = append(n.all, Member{name, below, up})
		}
		if value.IsObject() && joined != without {
			n.addObject(value, below, up, without)
		}
		return true
	})
}

// inOrder puts the members of objects behind these, as they came up.
func (n *memberNames) inOrder() []Member {
	slices.SortStableFunc(n.all, func(a, b Member) int { return cmp.Compare(a.Up, b.Up) })
	return n.all
}

// memberTree says which members of an object are wanted, and in which cell.
type memberTree struct {
	cell  int // -1: it is not wanted itself
	below map[string]*memberTree
}

func newMemberTree() *memberTree { return &memberTree{cell: -1, below: map[string]*memberTree{}} }

func (t *memberTree) want(path []string, cell int) {
	for _, name := range path {
		if t.below[name] == nil {
			t.below[name] = newMemberTree()
		}
		t = t.below[name]
	}
	t.cell = cell
}

// take gives cells the values of an object's members. Of members of one name the last
// counts, as in most programs.
func (t *memberTree) take(object gjson.Result, cells [][]byte) {
	if !object.IsObject() {
		return
	}
	object.ForEach(func(key, value gjson.Result) bool {
		wanted := t.below[key.String()]
		if wanted == nil {
			return true
		}
		if wanted.cell >= 0 {
			cells[wanted.cell] = textOf(value)
		}
		if len(wanted.below) > 0 {
			wanted.forget(cells)
			wanted.take(value, cells)
		}
		return true
	})
}

// forget clears the cells of all members below.
func (t *memberTree) forget(cells [][]byte) {
	for _, m := range t.below {
		if m.cell >= 0 {
			cells[m.cell] = nil
		}
		m.forget(cells)
	}
}

// textOf is a value as text: of a text what it says, of a number its digits as written, of
// lists and objects their JSON.
func textOf(value gjson.Result) []byte {
	switch value.Type {
	case gjson.Null:
		return nil
	case gjson.String:
		return append([]byte{}, value.String()...)
	case gjson.Number:
		return []byte(digitsOf(value.Raw))
	default:
		return []byte(value.Raw)
	}
}

// digitsOf is a number as written or, where it is whole and a program wrote it
// as a float, its digits: an id 17850 must not become another customer as
// 17850.0 or, as Java has it, 1.785E4.
func digitsOf(written string) string {
	m := floatNumber.FindStringSubmatch(written)
	if m == nil {
		return written
	}
	sign, whole, places := m[1], m[2], strings.TrimRight(m[3], "0")
	exponent, err := strconv.Atoi(cmp.Or(m[4], "0"))
	const most = 30 // digits: beyond them it is no id, and no amount
	if err != nil || exponent < len(places) || exponent > most {
		return written
	}
	digits := strings.TrimLeft(whole+places+strings.Repeat("0", exponent-len(places)), "0")
	if digits == "" {
		return "0"
	}
	return sign + digits
}

// floatNumber is a number with decimals, an exponent or both.
var floatNumber = regexp.MustCompile(`^(-?)(\d+)(?:\.(\d+))?(?:[eE]\+?(\d+))?$`)
