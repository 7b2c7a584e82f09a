package exports

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// hire makes the customers. Their order is that of the simulation's ids.
func (m *maker) hire(n int) {
	for i := 1; i <= n; i++ {
		of := m.style.locales[m.dice.IntN(len(m.style.locales))]
		c := &Customer{
			Number:  i,
			Given:   of.given[m.dice.IntN(len(of.given))],
			Family:  of.family[m.dice.IntN(len(of.family))],
			City:    of.places[m.dice.IntN(len(of.places))],
			Country: of.country,
			Joined:  firstDay.AddDate(0, 0, -m.dice.IntN(400)),
		}
		c.Name = c.Given + " " + c.Family
		if of.familyFirst {
			c.Name = c.Family + c.Given
		}
		c.Email = fmt.Sprintf("%s%d@%s", mailbox(c, of), i, of.mail)
		c.Phone = fmt.Sprintf("%s%d", of.dial, 3_000_000_000+int64(i)*7919+int64(m.dice.IntN(7000)))
		m.shop.Customers = append(m.shop.Customers, c)
	}
}

// folded are letters that people leave out of their addresses.
var folded = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ü", "Ue", "ß", "ss", "é", "e", "è", "e", "ë", "e", "ê", "e",
	"ç", "c", "ï", "i", "Œ", "Oe", "á", "a", "ã", "a", "õ", "o", "ô", "o", "ú", "u", "í", "i", "'", "", " ", "", "-", "")

// mailbox is the part of an address before the number: the name where it is
// written in Latin letters.
func mailbox(c *Customer, of *locale) string {
	if of.familyFirst {
		return "buyer"
	}
	return strings.ToLower(folded.Replace(c.Given + "." + c.Family))
}

// leavers takes the simulation's table of truth: who left, and when.
func (m *maker) leavers() io.Writer { return &leaverTable{of: m} }

// leaverTable reads the table of truth line by line as it is written.
type leaverTable struct {
	of   *maker
	rest string
	seen int
}

// Write takes some bytes of the table.
func (t *leaverTable) Write(b []byte) (int, error) {
	t.rest += string(b)
	for {
		line, rest, whole := strings.Cut(t.rest, "\n")
		if !whole {
			return len(b), nil
		}
		t.rest = rest
		if t.seen > 0 {
			t.row(strings.Split(line, ","))
		}
		t.seen++
	}
}

// row takes the line of one customer; the simulation numbers them from the
// first line on.
func (t *leaverTable) row(cells []string) {
	c := t.of.shop.Customers[t.seen-1]
	t.of.known[cells[0]] = c
	if left, err := time.Parse(time.DateOnly, cells[6]); err == nil {
		c.Stopped = left
	}
}
