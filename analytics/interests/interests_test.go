package interests

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/segment/interest"
)

const tonight = "2024-06-30"

func TestAsk(t *testing.T) {
	f, r := nighttest.Frame(t, tonight, "stages: {interests: {window: 60 days, recent: 0.2, false_discoveries: 0.03}}\n"), customers.Request{}
	Ask(&f, &r)
	require.Equal(t, customers.Request{}, r, "nothing is mapped")
	f.HasProduct = true
	Ask(&f, &r)
	last := func(days int) time.Time { return nighttest.Day(t, tonight).AddDate(0, 0, 1-days) }
	require.Equal(t, customers.Request{Interests: customers.InterestRequest{
		Product: true, From: nighttest.Day(t, "2024-05-02"), FalseDiscoveries: 0.03,
		RecentFrom: [interest.Windows]time.Time{last(2), last(4), last(6), last(8), last(10), last(12)},
	}}, r)
	f.FirstDay = nighttest.Day(t, "2024-06-01") // 30 days ago
	f.HasCategory, f.HasProduct = true, false
	Ask(&f, &r)
	require.True(t, r.Interests.Category)
	require.False(t, r.Interests.Product)
	require.Equal(t, f.FirstDay, r.Interests.From)
	require.Equal(t, last(6), r.Interests.RecentFrom[interest.Windows-1])
}

// counts are baskets before and in all windows of recent days.
func counts(before, after int32) interest.BasketCounts {
	c := interest.BasketCounts{All: before + after}
	for k := range c.Recent {
		c.Recent[k] = after
	}
	return c
}

// steady is how many customers there are in row 4 and on who buy everything as ever: by
// them the tests tell a loss from a change of the shop.
const steady = 60

// bought is a level of things of which each of some customers had so many of 20 baskets
// before and of 20 since, and the steady ones 10.
func bought(things []string, rows []int32, with [][][2]int32) *customers.Interests {
	in := &customers.Interests{Things: things, Customer: rows}
	for i := range int32(steady) {
		in.Customer = append(in.Customer, 4+i)
		with = append(with, slices.Repeat([][2]int32{{10, 10}}, len(things)))
	}
	in.Input.Shift = make([]interest.ShiftSums, len(things))
	for c, of := range with {
		all := counts(20, 20)
		in.Input.Baskets = append(in.Input.Baskets, all)
		for thing, held := range of {
			with := counts(held[0], held[1])
			in.Input.Shift[thing].Add(all, with)
			in.Input.Pairs = append(in.Input.Pairs, interest.Pair{Customer: int32(c), Thing: int32(thing), With: with})
			in.LastDay = append(in.LastDay, int32(100+10*c+thing))
		}
	}
	return in
}

// shop is four customers, of whom those in rows 1 and 3 have lost tea, and 3 coffee too.
func shop() *customers.Table {
	return &customers.Table{
		ID: ids("a", "b", "c", "d"),
		Categories: bought([]string{"coffee; beans", "tea"}, []int32{0, 1, 2, 3}, [][][2]int32{
			{{15, 15}, {15, 15}}, {{15, 15}, {18, 0}}, {{15, 15}, {15, 15}}, {{18, 0}, {18, 0}},
		}),
	}
}

// ids are those of some customers and the steady ones.
func ids(some ...string) []string { return append(some, make([]string, steady)...) }

func run(t *testing.T, settings string, c *customers.Table, segment []string) (*Result, []string) {
	t.Helper()
	f := nighttest.Frame(t, tonight, settings)
	r, err := Run(night.NewContext(f, c), segment)
	require.NoError(t, err)
	return r, f.Warnings.All()
}

func TestLostInterests(t *testing.T) {
	r, warnings := run(t, "", shop(), ids("x", "x", "y", "y"))
	require.Empty(t, warnings)
	require.Equal(t, []string{"", "tea", "", "coffee, beans;tea"}, r.Lost[:4])
	require.Equal(t, map[string]string{"lost_interest": "tea"}, nighttest.Published(t, column.Interests, r.Columns())[1])
	c := r.Counts()
	require.Equal(t, "2022-07-01", c.From)
	require.Equal(t, "2023-07-02", c.RecentFrom)
	require.Len(t, c.Levels, 1)
	require.Equal(t, publication.InterestLevel{Of: "category", Pairs: 8 + 2*steady, Tested: c.Levels[0].Tested, Inflation: c.Levels[0].Inflation, Lost: 3}, c.Levels[0])
	shift := r.levels[0].bought.Input.Shift
	require.Equal(t, []publication.Losing{
		{Category: "coffee; beans", Segment: "y", Regulars: 2, Lost: 1, Share: 0.5, Shift: shift[0].Odds()},
		{Category: "tea", Segment: "x", Regulars: 2, Lost: 1, Share: 0.5, Shift: shift[1].Odds()},
		{Category: "tea", Segment: "y", Regulars: 2, Lost: 1, Share: 0.5, Shift: shift[1].Odds()},
	}, c.Losing)
	require.Equal(t, int64(2), r.losing()[0].Regulars)
	r, _ = run(t, "", shop(), nil)
	require.Equal(t, publication.Losing{Category: "tea", Regulars: 4 + steady, Lost: 2, Share: 2. / (4 + steady), Shift: shift[1].Odds()}, r.losing()[0])
}

// Of things that as many customers lost, the one with the larger share of its regulars
// comes first; the name only decides between equal shares.
func TestLosingByShare(t *testing.T) {
	c := &customers.Table{
		ID: ids("a", "b", "c", "d"),
		Categories: bought([]string{"apples", "tea"}, []int32{0, 1, 2, 3}, [][][2]int32{
			{{15, 15}}, {{15, 15}, {18, 0}}, {{15, 15}}, {{18, 0}, {15, 15}},
		}),
	}
	r, _ := run(t, "", c, ids("x", "x", "x", "x"))
	var got []string
	for _, l := range r.losing() {
		got = append(got, l.Category)
	}
	require.Equal(t, []string{"tea", "apples"}, got, "1 of 2 is more than 1 of 4")
}

// A threshold of the job file decides: at a share ratio of 0.2 a third of the baskets is no loss.
func TestShareRatio(t *testing.T) {
	c := func() *customers.Table {
		return &customers.Table{ID: ids("a", "b", "c", "d"), Categories: bought([]string{"tea"}, []int32{0}, [][][2]int32{{{19, 6}}})}
	}
	r, _ := run(t, "stages: {interests: {share_ratio: 0.6}}\n", c(), nil)
	require.Equal(t, []string{"tea", "", "", ""}, r.Lost[:4])
	r, _ = run(t, "stages: {interests: {share_ratio: 0.2}}\n", c(), nil)
	require.Equal(t, []string{"", "", "", ""}, r.Lost[:4])
}

// A product goes without saying for who has lost its whole category.
func TestProductsUnderCategories(t *testing.T) {
	c := shop()
	c.Products = bought([]string{"green", "black"}, []int32{1, 2}, [][][2]int32{{{18, 0}, {10, 10}}, {{18, 0}, {10, 10}}})
	c.Products.Parents, c.Products.Input.Parent = []string{"coffee; beans", "tea"}, []int32{1, 1}
	r, _ := run(t, "", c, nil)
	require.Equal(t, []string{"", "tea", "", "coffee, beans;tea"}, r.Lost[:4])
	last := r.found[1]
	require.Equal(t, []string{"tea", "green", "lost"}, []string{last.category, last.product, last.kind()})
	require.Equal(t, int32(2), last.customer, "and not customer 1")
	require.Len(t, r.found, 4)
	require.Equal(t, 1, r.Counts().Levels[1].Lost)
}

// A finding with another value in each field.
func TestRowsOfTheFiles(t *testing.T) {
	r := &Result{ids: []string{"a", "b"}, levels: []level{{of: "category"}, {of: "product"}}}
	r.windows.recent[3] = nighttest.Day(t, "2024-03-04")
	r.found = []finding{{
		Loss:  interest.Loss{Window: 3, Before: 20, WithBefore: 10, After: 8, WithAfter: 2, DropLow: 0.1, DropHigh: 0.2, Shift: 0.9, P: 0.01, Q: 0.02},
		level: 1, customer: 1, category: "tea", product: "green", to: "black", since: 19000,
	}}
	require.Equal(t, []map[string]string{{
		"customer_id": "b", "category": "tea", "product": "green", "kind": "switched", "to": "black", "since": "2022-01-08",
		"recent_from": "2024-03-04", "baskets_before": "20", "with_before": "10", "baskets_after": "8", "with_after": "2",
		"share_before": "0.5", "share_after": "0.25", "drop_low": "0.1", "drop_high": "0.2", "shift": "0.9", "p": "0.01", "q": "0.02",
	}}, nighttest.Rows(t, r.findings()...))
	require.Equal(t, []map[string]string{{
		"category": "tea", "segment": "x", "regulars": "4", "lost": "3", "share": "0.75", "shift": "0.5",
	}}, nighttest.Rows(t, losingColumns([]publication.Losing{{Category: "tea", Segment: "x", Regulars: 4, Lost: 3, Share: 0.75, Shift: 0.5}})...))
	r.levels = r.levels[:1]
	require.NotContains(t, nighttest.Rows(t, r.findings()...)[0], "product")
}

func TestNothingToLose(t *testing.T) {
	r, warnings := run(t, "", &customers.Table{}, nil)
	require.Nil(t, r)
	require.Nil(t, r.Counts())
	require.Empty(t, warnings)
	_, warnings = run(t, "stages: {interests: {recent: 0.4}}\n", &customers.Table{}, nil)
	require.Equal(t, []string{"interests: stages.interests is set, but no source maps category or product, so that no interest can be lost"}, warnings)
	_, warnings = run(t, "stages: off\n", &customers.Table{}, nil)
	require.Empty(t, warnings)
}
