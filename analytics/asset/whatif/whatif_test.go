package whatif_test

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/asset/whatif"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/internal/money"
)

// places has the publications of all tests: a night takes a while.
var places = struct {
	dir string
	of  map[string]*publication.Publication
}{of: map[string]*publication.Publication{}}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "whatif")
	if err != nil {
		panic(err)
	}
	places.dir = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// publish does a night of the bundled shop, once.
func publish(t *testing.T, settings ...string) *publication.Publication {
	t.Helper()
	name := strings.Join(settings, " ")
	if p, done := places.of[name]; done {
		return p
	}
	shop := filepath.Join("..", "..", "..", "testdata", "shop.yaml")
	out := filepath.Join(places.dir, strconv.Itoa(len(places.of)))
	j, err := job.Load(shop, append([]string{"output.dir=" + out, "as_of=2026-06-30"}, settings...), time.Now)
	require.NoError(t, err)
	r, err := analytics.Run(t.Context(), j, analytics.Options{SpillDir: t.TempDir()})
	require.NoError(t, err)
	p, err := publication.Open(r.Path)
	require.NoError(t, err)
	places.of[name] = p
	return p
}

// oneModel is asked much faster than a blend, where a statement is of both.
const oneModel = "clv.model=pareto-nbd"

// changes are moves by name and text.
func changes(t *testing.T, texts ...string) whatif.Changes {
	t.Helper()
	all := whatif.Changes{}
	for i := 0; i < len(texts); i += 2 {
		m, err := whatif.ParseMove(texts[i], texts[i+1])
		require.NoError(t, err)
		all[texts[i]] = m
	}
	return all
}

func ask(t *testing.T, p *publication.Publication, where string, texts ...string) *whatif.Report {
	t.Helper()
	r, err := analytics.WhatIf(t.Context(), p, changes(t, texts...), where, analytics.Options{Threads: 2, SpillDir: t.TempDir()})
	require.NoError(t, err)
	return r
}

// requireNear wants amounts to agree within a share.
func requireNear(t *testing.T, want, got money.Amount, share float64) {
	t.Helper()
	require.InDelta(t, want.Float(), got.Float(), share*math.Abs(want.Float())+1e-6)
}

// What it begins from is what was published, whatever costs money; and changes of money alone
// are those of arithmetic.
func TestItBeginsFromWhatIsPublished(t *testing.T) {
	for name, settings := range map[string][]string{
		"shop":    nil,
		"no cost": {"clv.costs.per_order=0", "clv.costs.acquisition=0"},
		"forever": {"clv.horizon=forever", "clv.model=pareto-nbd", "clv.costs.per_year_alive=3"},
	} {
		t.Run(name, func(t *testing.T) {
			p := publish(t, settings...)
			r := ask(t, p, "", whatif.Margin, "+25%")
			require.Equal(t, p.Equity.Value, r.Equity.Now.Value)
			require.Equal(t, p.Equity.Low, r.Equity.Now.Low)
			require.Equal(t, p.Equity.High, r.Equity.Now.High)
			require.Equal(t, r.Equity.Then.Value, r.Equity.Now.Value.Plus(r.Equity.Change.Value))
			require.Less(t, r.Equity.Then.Low.Float(), r.Equity.Then.Value.Float())
			require.Less(t, r.Equity.Then.Value.Float(), r.Equity.Then.High.Float())
			require.InDelta(t, 0.5, r.Changes[0].Then, 1e-12)
			if name == "no cost" { // all is margin
				requireNear(t, money.FromFloat(0.25*p.Equity.Value.Float()), r.Equity.Change.Value, 1e-6)
				requireNear(t, money.FromFloat(0.25*r.Profit.Now.Value.Float()), r.Profit.Change.Value, 1e-6)
				require.Equal(t, money.Amount{}, r.Winning.Now)
				requireNear(t, money.FromFloat(1.25*p.Equity.Low.Float()), r.Equity.Then.Low, 0.01)
			}
		})
	}
}

// Retention comes to what was asked, of those concerned; what it brings is between nothing
// and all.
func TestRetentionComesToWhatIsAsked(t *testing.T) {
	p := publish(t)
	for _, asked := range []struct {
		text string
		want func(now float64) float64
	}{
		{"+5%", func(now float64) float64 { return 1.05 * now }},
		{"-5%", func(now float64) float64 { return 0.95 * now }},
		{"+1pt", func(now float64) float64 { return now + 0.01 }},
		{"0.8", func(float64) float64 { return 0.8 }},
	} {
		r := ask(t, p, "", whatif.Retention, asked.text)
		moved := r.Changes[0]
		require.InDelta(t, asked.want(moved.Now), moved.Then, 1e-8, asked.text)
		require.False(t, moved.Capped)
		require.Equal(t, moved.Then > moved.Now, moved.Dropout < 1)
		require.Equal(t, moved.Then > moved.Now, r.Equity.Change.Value.Float() > 0)
		require.Equal(t, moved.Then > moved.Now, r.Profit.Change.Value.Float() > 0)
	}
	r := ask(t, p, "", whatif.Retention, "+50%")
	require.True(t, r.Changes[0].Capped)
	require.InDelta(t, 1, r.Changes[0].Then, 0.01, "nobody leaves, and who buys at regular intervals buys a little less just after a purchase")
}

// Parts of a shop add up to all of it, where each customer changes by the same factor.
func TestPartsAddUp(t *testing.T) {
	p := publish(t, oneModel)
	all := ask(t, p, "", whatif.Frequency, "+10%", whatif.Acquisition, "-20%")
	some := ask(t, p, "orders > 2", whatif.Frequency, "+10%", whatif.Acquisition, "-20%")
	rest := ask(t, p, "NOT (orders > 2)", whatif.Frequency, "+10%", whatif.Acquisition, "-20%")
	require.Equal(t, all.Customers, some.Concerned+rest.Concerned)
	require.Equal(t, all.Equity.Change.Value, some.Equity.Change.Value.Plus(rest.Equity.Change.Value))
	require.Equal(t, all.Profit.Change.Value, some.Profit.Change.Value.Plus(rest.Profit.Change.Value))
	require.Equal(t, all.Equity.Now, some.Equity.Now)
	require.Equal(t, all.Profit.Now.Value, some.Profit.Now.Value)
	// The same total, in two parts and in one: what makes it uncertain is the same.
	requireNear(t, all.Profit.Now.Low, some.Profit.Now.Low, 0.01)
	requireNear(t, all.Profit.Now.High, some.Profit.Now.High, 0.01)
	require.InEpsilon(t, all.Profit.Now.Value.Float(), rest.Profit.Now.Value.Float(), 1e-9)
}

// A cost to win customers is of profit alone, and a discount of equity.
func TestWhatEachIsAMatterOf(t *testing.T) {
	p := publish(t, oneModel)
	r := ask(t, p, "", whatif.Acquisition, "-20%")
	require.Equal(t, money.Amount{}, r.Equity.Change.Value)
	require.Equal(t, r.Winning.Now.Minus(r.Winning.Then), r.Profit.Change.Value)
	require.InDelta(t, float64(5*r.Winning.Customers), r.Winning.Now.Float(), 1e-9)
	r = ask(t, p, "", whatif.Discount, "0.08")
	require.Equal(t, money.Amount{}, r.Profit.Change.Value)
	require.Positive(t, r.Equity.Change.Value.Float())
	r = ask(t, p, "", whatif.Retention, "+5%", whatif.Frequency, "+10%")
	require.Len(t, r.Alone, 2)
	require.Positive(t, r.Five.Equity)
	require.Greater(t, r.Five.Textbook, r.Five.Equity) // the horizon ends, and not all of the shop is kept
	require.InDelta(t, 0.05, r.Five.Then-r.Five.Now, 1e-8)
}

// Without an end, and with next to no discount, the change has an interval that holds it, and
// that a smaller discount still does not blow up.
func TestNextToNoDiscountHasAnInterval(t *testing.T) {
	p := publish(t, "clv.horizon=forever", "clv.model=pareto-nbd", "clv.costs.per_year_alive=3")
	width := func(discount string) float64 {
		c := ask(t, p, "", whatif.Discount, discount).Equity.Change
		require.Less(t, c.Low.Float(), c.Value.Float())
		require.Less(t, c.Value.Float(), c.High.Float())
		return c.High.Float() - c.Low.Float()
	}
	require.InEpsilon(t, width("0.001"), width("0.000001"), 0.2)
}

// What cannot be asked is said.
func TestQuestionsThatHaveNoAnswer(t *testing.T) {
	fails := func(want error, p *publication.Publication, where string, texts ...string) {
		t.Helper()
		_, err := analytics.WhatIf(t.Context(), p, changes(t, texts...), where, analytics.Options{SpillDir: t.TempDir()})
		require.ErrorIs(t, err, want)
	}
	p := publish(t)
	fails(whatif.ErrNothing, p, "")
	fails(whatif.ErrNobody, p, "orders > 100000", whatif.Margin, "+1pt")
	fails(whatif.ErrNobodyLeaves, publish(t, "clv.model=nbd"), "", whatif.Retention, "+5%")
	fails(whatif.ErrNoDiscount, publish(t, "clv.horizon=forever", "clv.model=pareto-nbd", "clv.costs.per_year_alive=3"), "", whatif.Discount, "0")
	fails(whatif.ErrNoModel, publish(t, "clv=off", "tiers=off"), "", whatif.Margin, "+1pt")
}
