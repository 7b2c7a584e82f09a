package cause

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/money"
	"clientele/internal/wording"
)

// Every cause has words in each language.
func TestCausesHaveWords(t *testing.T) {
	for _, language := range []string{"en", "zh"} {
		for _, c := range All {
			require.True(t, wording.In(language).Has("cause", string(c)), "%s: cause.%s", language, c)
		}
	}
}

// What became of a customer, of whom the older night, day 100, knows two orders.
func TestHappened(t *testing.T) {
	was := Past{First: 10, Last: 90, Orders: 2, Returns: 1, Net: money.FromFloat(50)}
	for name, c := range map[string]struct {
		is             func(*Past)
		joined, parted bool
		want           Cause
	}{
		"nothing":                         {is: func(*Past) {}, joined: true},
		"bought":                          {is: func(p *Past) { p.Last, p.Orders = 101, 3 }, want: Bought},
		"bought and gave back":            {is: func(p *Past) { p.Last, p.Returns = 101, 2 }, want: Bought},
		"gave back":                       {is: func(p *Past) { p.Returns, p.Net = 2, money.FromFloat(40) }, want: Returned},
		"gave an order back":              {is: func(p *Past) { p.Returns, p.Orders, p.Last = 2, 1, 10 }, want: Returned},
		"an order came late, with return": {is: func(p *Past) { p.Returns, p.Orders = 2, 3 }, want: Corrected},
		"a return is gone":                {is: func(p *Past) { p.Returns, p.Net = 0, money.FromFloat(60) }, want: Corrected},
		"returns are not known":           {is: func(p *Past) { p.Returns = NotKnown }},
		"an order came late":              {is: func(p *Past) { p.Orders = 3 }, want: Corrected},
		"joined":                          {is: func(p *Past) { p.Orders, p.First = 3, 5 }, joined: true, want: Joined},
		"parted":                          {is: func(p *Past) { p.Orders, p.Last = 1, 10 }, parted: true, want: Parted},
		"joined, and bought":              {is: func(p *Past) { p.Orders, p.Last = 5, 100+1 }, joined: true, want: Bought},
	} {
		is := was
		c.is(&is)
		require.Equal(t, c.want, Happened(was, is, 100, c.joined, c.parted), name)
	}
	unknown := was
	unknown.Returns = NotKnown
	require.Empty(t, Happened(unknown, was, 100, false, false), "the older night does not know of returns")
}
