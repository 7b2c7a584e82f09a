package explain

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
	"clientele/analytics/publication/cause"
	"clientele/analytics/scores/rfm"
	"clientele/internal/calendar"
	"clientele/internal/money"
	"clientele/internal/wording"
	"clientele/segment/tier"
)

// english writes what is known of a customer.
func english(c Customer) writer {
	return writer{Customer: &c, say: wording.In("en"), named: publication.LabelsIn(wording.In("en"))}
}

// Orders that came late, or with another id, are none that were placed since.
func TestWhatTheCustomerDid(t *testing.T) {
	for _, c := range []struct {
		change Change
		want   string
	}{
		{Change{}, "You have bought nothing since."},
		{Change{Happened: cause.Bought, Orders: 1, Bought: 1, Net: money.FromFloat(10)}, "You have placed 1 order since, for 10.00 after what came back."},
		{
			Change{Happened: cause.Bought, Mixed: true, Orders: 0, Net: money.FromFloat(-90)},
			"You have bought since. With what came back or was corrected beside it, that comes to -90.00.",
		},
		{Change{Happened: cause.Returned, Orders: -1, Net: money.FromFloat(-10)}, "You have bought nothing since, and 10.00 came back."},
		{Change{Happened: cause.Corrected, Orders: 2, Bought: 2, Net: money.FromFloat(20)}, "You have bought nothing since, but earlier purchases were corrected."},
		{Change{Happened: cause.Corrected, Orders: -1, Net: money.FromFloat(-10)}, "You have bought nothing since, but earlier purchases were corrected."},
	} {
		require.Equal(t, c.want, english(Customer{}).did(&c.change), "%+v", c.change)
	}
}

// A tier of few places may end on any night, so that its day is promised to nobody.
func TestTiersOfFewPlacesAreNotPromised(t *testing.T) {
	until := publication.Day(calendar.Date{Year: 2026, Month: 10, Day: 7}.Number())
	for _, c := range []struct {
		limit *tier.Limit
		want  string
	}{
		{nil, "You keep this level at least until 2026-10-07."},
		{&tier.Limit{Count: 7}, "Its next review is on 2026-10-07. Places are limited: it may end before, where others come to stand higher."},
	} {
		of := Tier{Tier: "platinum", Label: "platinum", Status: "active", Until: &until, Keep: &Goal{Tier: "platinum", Limit: c.limit}}
		b, has := english(Customer{Tier: &of}).tier()
		require.True(t, has)
		require.Contains(t, b.Lines, c.want)
	}
}

// Between whole numbers may be two cut points, and a value that equals one is beyond it
// where scores are closed on the left.
func TestTheNextScore(t *testing.T) {
	cuts := rfm.CutPoints{Method: rfm.MethodRRFM, EdgeType: rfm.EdgeType7, Closed: rfm.ClosedLeft, Bins: 4}
	f := risingScore(cuts, []float64{2.2, 2.8, 5.5}, Score{Column: "f", Of: "frequency", Value: 2, Score: 1})
	require.Equal(t, NextScore{Score: 3, Needs: 3, More: 1}, *f.Next)

	m := risingScore(cuts, []float64{10, 20, 30}, Score{Column: "m", Of: "monetary", Value: 12, Score: 2})
	text := english(Customer{}).score(&Scores{Best: 4, Monetary: "sum"}, m)
	require.Contains(t, text, "It takes 20.00 for a score of 3: 8.00 more.")
}
