package compare

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/job"
	"clientele/analytics/publication/cause"
	"clientele/analytics/scores/rfm"
	"clientele/internal/money"
)

// with changes a customer.
func with(c customer, changes ...func(*customer)) customer {
	for _, change := range changes {
		change(&c)
	}
	return c
}

func buys(c *customer)        { c.last, c.orders, c.net = "2026-02-10", c.orders+1, c.net+150 }
func givesBack(c *customer)   { c.returns, c.net = c.returns+1, c.net-60 }
func undoes(c *customer)      { c.returns, c.orders, c.net = c.returns+1, c.orders-1, c.net-60 }
func isCorrected(c *customer) { c.orders, c.net = c.orders-1, c.net-60 }

func inTier(tier string) func(*customer) { return func(c *customer) { c.tier = tier } }

func inStage(stage, decline string, alive float64) func(*customer) {
	return func(c *customer) { c.stage, c.decline, c.alive = stage, decline, alive }
}

func inSegment(segment string) func(*customer) { return func(c *customer) { c.segment = segment } }

func TestCausesOfTierMoves(t *testing.T) {
	const lower = `{"name": "shop", "tiers": {"levels": [{"name": "silver", "qualify": {"spend": 40}}, {"name": "gold", "qualify": {"spend": 200}}]}}`
	const byValue = `{"name": "shop", "tiers": {"levels": [{"name": "silver", "qualify": {"clv": 40}}, {"name": "gold", "qualify": {"clv": 200}}]}}`
	silver := still("a", "silver")
	pinned := func(c *customer) { c.tier, c.status = "gold", "pinned" }
	for name, c := range map[string]struct {
		now           customer
		older, newer  string             // settings
		model, model2 map[string]float64 // parameters
		want          cause.Cause
	}{
		"bought and rose":                {now: with(silver, buys, inTier("gold")), want: cause.Bought},
		"bought and fell all the same":   {now: with(silver, buys, inTier("")), want: cause.TimePassed},
		"gave back and fell":             {now: with(silver, givesBack, inTier("")), want: cause.Returned},
		"gave an order back and fell":    {now: with(silver, undoes, inTier("")), want: cause.Returned},
		"gave an order back, and bought": {now: with(silver, undoes, buys, buys, inTier("gold")), want: cause.Bought},
		"gave back and rose":             {now: with(silver, givesBack, inTier("gold")), want: cause.TimePassed},
		"rows were deleted":              {now: with(silver, isCorrected, inTier("")), want: cause.Corrected},
		"spend alone was corrected":      {now: with(silver, inTier(""), func(c *customer) { c.net-- }), want: cause.Corrected},
		"a first order came late":        {now: with(silver, inTier("gold"), func(c *customer) { c.first = "2025-12-24" }), want: cause.Corrected},
		"nothing but days":               {now: with(silver, inTier("")), want: cause.TimePassed},
		"the threshold":                  {now: with(silver, inTier("")), older: plainSettings, newer: lower, want: cause.RuleChanged},
		"the threshold, and a purchase":  {now: with(silver, buys, inTier("gold")), older: plainSettings, newer: lower, want: cause.Bought},
		"a pin":                          {now: with(silver, pinned), want: cause.RuleChanged},
		"a pin, and a purchase":          {now: with(silver, buys, pinned), want: cause.RuleChanged},
		"the model": {
			now: with(silver, inTier("")), older: byValue, newer: byValue,
			model: map[string]float64{"r": 1}, model2: map[string]float64{"r": 2}, want: cause.ModelMoved,
		},
		"the model, which stood still": {
			now: with(silver, inTier("")), older: byValue, newer: byValue,
			model: map[string]float64{"r": 1}, model2: map[string]float64{"r": 1}, want: cause.TimePassed,
		},
		"a model that tiers do not go by": {
			now: with(silver, inTier("")), model: map[string]float64{"r": 1}, model2: map[string]float64{"r": 2}, want: cause.TimePassed,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := changed(t, night{customers: []customer{silver}, settings: c.older, params: c.model},
				night{customers: []customer{c.now}, settings: c.newer, params: c.model2})
			require.Equal(t, map[string]cause.Cause{"a tier": c.want}, moverCauses(r))
		})
	}
}

// A return that is not there any more is a correction, and none that was made.
func TestAReturnThatIsGoneIsACorrection(t *testing.T) {
	gold := still("a", "gold")
	gaveBack := with(gold, givesBack)
	for name, c := range map[string]struct {
		was, now customer
		want     cause.Cause
	}{
		"an order was given back": {gold, with(gold, undoes, inTier("silver")), cause.Returned},
		"a return was made":       {gold, with(gaveBack, inTier("silver")), cause.Returned},
		"the same return as then": {gaveBack, with(gaveBack, inTier("silver")), cause.TimePassed},
		"a return is gone":        {gaveBack, with(gold, inTier("silver")), cause.Corrected},
	} {
		r := changed(t, night{customers: []customer{c.was}}, night{customers: []customer{c.now}})
		require.Equal(t, map[string]cause.Cause{"a tier": c.want}, moverCauses(r), name)
	}
}

// What a tier goes by decides what can have moved its members: the lifetime model, or the
// cut points of the scores. Of a metric that nobody thought of here, the case is missing.
func TestWhatMovesEachMetric(t *testing.T) {
	causes := map[string]cause.Cause{
		"spend": cause.TimePassed, "orders": cause.TimePassed, "purchase_days": cause.TimePassed, "frequency": cause.TimePassed, "monetary": cause.TimePassed, "past_value": cause.TimePassed,
		"clv": cause.ModelMoved, "future_value": cause.ModelMoved, "p_alive": cause.ModelMoved, "expected_purchases": cause.ModelMoved,
		"r": cause.CutPointsMoved, "f": cause.CutPointsMoved, "m": cause.CutPointsMoved, "rfm_score": cause.CutPointsMoved,
	}
	require.Len(t, job.Metrics(), len(causes))
	silver := still("a", "silver")
	for _, metric := range job.Metrics() {
		settings := `{"name": "shop", "rfm": {"bins": 2}, "tiers": {"levels": [{"name": "silver", "qualify": {"` + metric + `": 1}}]}}`
		r := changed(t,
			night{
				customers: []customer{silver}, settings: settings,
				params: map[string]float64{"r": 1}, cuts: cutPoints("2026-01-31", 60, 2, 100),
			},
			night{
				customers: []customer{with(silver, inTier(""))}, settings: settings,
				params: map[string]float64{"r": 2}, cuts: cutPoints("2026-02-01", 60, 1, 100),
			})
		require.Equal(t, map[string]cause.Cause{"a tier": causes[metric]}, moverCauses(r), metric)
	}
}

// A model that one tier goes by moves no members of the others.
func TestModelsMoveTheTiersThatGoByThem(t *testing.T) {
	const settings = `{"name": "shop", "tiers": {"levels": [{"name": "silver", "qualify": {"spend": 50}}, {"name": "gold", "qualify": {"spend": 200}, "limit": {"share": 0.1, "by": "clv"}}]}}`
	for _, c := range []struct {
		from, to string
		want     cause.Cause
	}{
		{"gold", "silver", cause.ModelMoved},
		{"silver", "gold", cause.ModelMoved},
		{"gold", "", cause.ModelMoved},
		{"silver", "", cause.TimePassed},
		{"", "silver", cause.TimePassed},
	} {
		was := still("a", c.from)
		r := changed(t, night{customers: []customer{was}, settings: settings, params: map[string]float64{"r": 1}},
			night{customers: []customer{with(was, inTier(c.to))}, settings: settings, params: map[string]float64{"r": 2}})
		require.Equal(t, map[string]cause.Cause{"a tier": c.want}, moverCauses(r), "%+v", c)
	}
}

func TestCausesOfStageMoves(t *testing.T) {
	formed := still("a", "silver")
	lost := with(formed, inStage("decline", "lost", 0.05))
	params := []map[string]float64{{"r": 1}, {"r": 2}}
	for name, c := range map[string]struct {
		was, now customer
		want     cause.Cause
	}{
		"bought and advanced":            {formed, with(formed, buys, inStage("stability", "none", 0.9)), cause.Bought},
		"bought, and then fell silent":   {formed, with(formed, buys, inStage("decline", "sudden", 0.3)), cause.TimePassed},
		"silence":                        {formed, with(formed, inStage("decline", "sudden", 0.3)), cause.TimePassed},
		"the model finds it again":       {lost, with(lost, inStage("formation", "watch", 0.2)), cause.ModelMoved},
		"lost by the model, as by time":  {formed, lost, cause.TimePassed},
		"a return changes no stage":      {formed, with(formed, givesBack, inStage("decline", "sudden", 0.3)), cause.TimePassed},
		"out of decline by a correction": {lost, with(lost, isCorrected, inStage("formation", "none", 0.05)), cause.Corrected},
	} {
		t.Run(name, func(t *testing.T) {
			r := changed(t, night{customers: []customer{c.was}, params: params[0]}, night{customers: []customer{c.now}, params: params[1]})
			require.Equal(t, map[string]cause.Cause{"a stage": c.want}, moverCauses(r))
		})
	}
}

// Under cut points fitted anew, the older ones tell who would have moved anyway.
// On 31 January the customer bought 11 days ago, 2 orders for 100 in all; on 28
// February, 39 days ago. Another has 3 orders, and shows which scores are whose.
func TestCausesOfSegmentMoves(t *testing.T) {
	const bins2, bins3 = `{"name": "shop", "rfm": {"bins": 2}}`, `{"name": "shop", "rfm": {"bins": 3}}`
	low := still("a", "silver")
	other := with(still("b", "silver"), inSegment("champions"), func(c *customer) { c.orders = 3 })
	visits := func(c *customer) { c.last = "2026-02-10" } // which raises no score
	then := cutPoints("2026-01-31", 60, 2, 100)
	refit := cutPoints("2026-02-01", 60, 1, 100)
	for name, c := range map[string]struct {
		change    func(*customer)
		then, now *rfm.CutPoints
		newer     string
		want      cause.Cause
	}{
		"orders rose":                {buys, then, then, bins2, cause.Bought},
		"bought, and no score rose":  {visits, then, then, bins2, cause.TimePassed},
		"days passed":                {nil, cutPoints("2026-01-31", 30, 2, 100), cutPoints("2026-01-31", 30, 2, 100), bins2, cause.TimePassed},
		"spend fell by a return":     {givesBack, cutPoints("2026-01-31", 60, 2, 50), cutPoints("2026-01-31", 60, 2, 50), bins2, cause.Returned},
		"spend and days fell":        {givesBack, cutPoints("2026-01-31", 30, 2, 50), cutPoints("2026-01-31", 30, 2, 50), bins2, cause.TimePassed},
		"rows were deleted":          {isCorrected, then, then, bins2, cause.Corrected},
		"the edge of orders fell":    {nil, then, refit, bins2, cause.CutPointsMoved},
		"the edge, and a purchase":   {buys, then, refit, bins2, cause.Bought},
		"the edge, whatever it does": {visits, then, refit, bins2, cause.CutPointsMoved},
		"other bins":                 {nil, then, refit, bins3, cause.RuleChanged},
	} {
		t.Run(name, func(t *testing.T) {
			now := with(low, inSegment("champions"))
			if c.change != nil {
				c.change(&now)
			}
			r := changed(t, night{customers: []customer{low, other}, cuts: c.then, settings: bins2},
				night{customers: []customer{now, other}, cuts: c.now, settings: c.newer})
			require.Equal(t, map[string]cause.Cause{"a rfm": c.want}, moverCauses(r))
			require.Equal(t, c.now == refit, r.CutPoints != nil)
		})
	}
}

// Segments that go by a split are told by the split, and not by scores.
func TestCausesUnderASplit(t *testing.T) {
	const cn8 = `{"name": "shop", "rfm": {"bins": 2, "segments": "cn8"}}`
	at := func(asOf string, orders float64) *rfm.CutPoints {
		cuts := cutPoints(asOf, 60, 2, 100)
		cuts.Split = &rfm.Split{Rule: rfm.SplitMedian, RecencyDays: 60, Frequency: orders, Monetary: 500}
		return cuts
	}
	low := still("a", "silver")
	for _, c := range []struct {
		change func(*customer)
		cuts   *rfm.CutPoints
		want   cause.Cause
	}{
		{func(*customer) {}, at("2026-02-01", 2), cause.CutPointsMoved},
		{buys, at("2026-01-31", 3), cause.Bought},
	} {
		now := with(low, c.change, inSegment("champions"))
		r := changed(t, night{customers: []customer{low}, cuts: at("2026-01-31", 3), settings: cn8},
			night{customers: []customer{now}, cuts: c.cuts, settings: cn8})
		require.Equal(t, map[string]cause.Cause{"a rfm": c.want}, moverCauses(r))
	}
}

func TestEnteredAndLeft(t *testing.T) {
	first := func(day string) func(*customer) { return func(c *customer) { c.first, c.last = day, day } }
	newer := []customer{
		still("a", "silver"), with(still("b", "silver"), first("2026-02-03")), with(still("c", "gold"), first("2026-01-31")),
	}
	older := []customer{still("a", "silver"), still("d", "gold")}
	r := changed(t, night{customers: older}, night{customers: newer})
	require.Equal(t, map[string]cause.Cause{"b entered": cause.Bought, "c entered": cause.Corrected, "d left": cause.Corrected}, moverCauses(r))
	require.EqualValues(t, 2, r.Entered.Customers)
	require.Equal(t, "200.00", r.Entered.Revenue.String())
	require.Equal(t, "10.00", r.Entered.Equity.String())
	require.Equal(t, []CauseCount{{Cause: cause.Bought, Customers: 1}, {Cause: cause.Corrected, Customers: 1}}, r.Entered.Causes)
	require.Equal(t, "100.00", r.Left.Revenue.String())
	require.Nil(t, r.Equity, "there is no model")
	require.Equal(t, Change[int64]{2, 3}, r.Customers)

	const filtered = `{"name": "shop", "sources": [{"where": "amount > 5"}]}`
	r = changed(t, night{customers: older}, night{customers: newer, settings: filtered})
	require.Equal(t, map[string]cause.Cause{"b entered": cause.Bought, "c entered": cause.RuleChanged, "d left": cause.RuleChanged}, moverCauses(r))
}

func TestTotalsAndModels(t *testing.T) {
	older := night{customers: []customer{still("a", "silver"), still("b", "silver")}, model: "nbd", params: map[string]float64{"r": 1}}
	newer := night{customers: []customer{with(still("a", "silver"), buys), still("b", "silver")}, params: map[string]float64{"r": 3, "a": 4}}
	r := changed(t, older, newer)
	text := func(c Change[money.Amount]) []string { return []string{c.Old.String(), c.New.String()} }
	require.Equal(t, []string{"200.00", "350.00"}, text(r.Revenue))
	require.Equal(t, []string{"200.00", "350.00"}, text(*r.PastValue))
	require.Equal(t, []string{"10.00", "10.00"}, text(*r.Equity))
	require.Equal(t, 28, r.Days)
	number := func(v float64) *float64 { return &v }
	require.Equal(t, &Change[string]{"nbd", "mbg-nbd"}, r.Model)
	require.Equal(t, []ParameterChange{
		{"a", nil, number(4)}, {"alpha", number(2), number(2)}, {"b", nil, number(2)}, {"r", number(1), number(3)},
	}, r.Params)
}

// A blend is a model: it has equity, and moves as its members do.
func TestTotalsAndModelsOfABlend(t *testing.T) {
	lost := with(still("a", "silver"), inStage("decline", "lost", 0.05))
	found := with(lost, inStage("formation", "watch", 0.2))
	older := night{customers: []customer{lost}, model: "blend", params: map[string]float64{"r": 1, "weight": 0.5}}
	newer := night{customers: []customer{found}, model: "blend", params: map[string]float64{"r": 1, "weight": 0.25}}
	r := changed(t, older, newer)
	require.Equal(t, []string{"0.50", "2.00"}, []string{r.Equity.Old.String(), r.Equity.New.String()})
	require.Equal(t, &Change[string]{"blend", "blend"}, r.Model)
	number := func(v float64) *float64 { return &v }
	require.Subset(t, r.Params, []ParameterChange{
		{"nbd.r", number(1), number(1)},
		{"nbd.weight", number(0.5), number(0.25)},
		{"pareto-nbd.weight", number(0.5), number(0.75)},
		{"pareto-nbd.beta", number(4), number(4)},
	})
	require.Equal(t, map[string]cause.Cause{"a stage": cause.ModelMoved}, moverCauses(r))
}

// The most valuable movers come first, and a limit says what it leaves out.
func TestMovers(t *testing.T) {
	var older, newer []customer
	for i := range 5 {
		c := with(still(strconv.Itoa(i), "silver"), func(c *customer) { c.net = int64(100 * (i % 3)) })
		older, newer = append(older, c), append(newer, with(c, inTier("gold")))
	}
	r := changed(t, night{customers: older}, night{customers: newer})
	movers, more := r.Movers(3)
	require.Equal(t, 2, more)
	require.Equal(t, []string{"2", "1", "4"}, []string{movers[0].Customer, movers[1].Customer, movers[2].Customer})
	movers, more = r.Movers(0)
	require.Len(t, movers, 5)
	require.Zero(t, more)
	require.Equal(t, []CauseCount{{Cause: cause.TimePassed, Customers: 5, Up: 5}}, r.Kinds[1].Causes)
}

// Whatever moved, everybody is in the matrix once, every move has one cause, and
// a comparison the other way round is the same matrix turned.
func TestMatrixHoldsEverybodyOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		draw := func(label string) []customer {
			var all []customer
			for i := range rapid.IntRange(1, 12).Draw(rt, label) {
				if rapid.Bool().Draw(rt, "there") {
					c := still(string(rune('a'+i)), rapid.SampledFrom([]string{"gold", "silver", ""}).Draw(rt, "tier"))
					c.orders = int64(rapid.IntRange(1, 3).Draw(rt, "orders"))
					all = append(all, c)
				}
			}
			return append(all, still("z", "silver")) // nobody is no night
		}
		older, newer := draw("older"), draw("newer")
		dir := t.TempDir()
		a := publishNight(t, dir, night{asOf: "2026-01-31", customers: older})
		b := publishNight(t, dir, night{asOf: "2026-02-28", customers: newer})
		r, err := Publications(a, b)
		require.NoError(t, err)
		back, err := Publications(b, a)
		require.NoError(t, err)
		k, turned := r.Kinds[1], back.Kinds[1]
		var was, is, moved, caused int64
		cells := map[[2]string]int64{}
		for _, m := range k.Moves {
			if m.From != nil {
				was += m.Customers
			}
			if m.To != nil {
				is += m.Customers
			}
			if m.From != nil && m.To != nil && *m.From != *m.To {
				moved += m.Customers
			}
			cells[[2]string{key(m.From), key(m.To)}] += m.Customers
		}
		for _, c := range k.Causes {
			caused += c.Customers
		}
		require.EqualValues(t, len(older), was)
		require.EqualValues(t, len(newer), is)
		require.Equal(t, k.Moved, moved)
		require.Equal(t, k.Moved, caused)
		for _, m := range turned.Moves {
			require.Equal(t, cells[[2]string{key(m.To), key(m.From)}], m.Customers)
		}
		require.Len(t, turned.Moves, len(k.Moves))
	})
}

func key(name *string) string {
	if name == nil {
		return "nobody"
	}
	return *name
}

func TestDamagedPublications(t *testing.T) {
	for _, c := range []struct{ file, content, want string }{
		{"run.json", "{", "run.json: unexpected end of JSON input"},
		{"run.json", `{"as_of": "June"}`, "run.json: it has no run_id"},
		{"cutpoints.json", "[]", "cutpoints.json: it has 2 bytes, run.json says "},
		{"model.json", "x", "model.json: it has 1 bytes, run.json says "},
		{"state.parquet", "PAR1", "state.parquet: it has 4 bytes, run.json says "},
	} {
		path := publishFiles(t, t.TempDir(), night{
			asOf: "2026-01-31", customers: []customer{still("a", "gold")},
			cuts: cutPoints("2026-01-31", 1, 2, 3), params: map[string]float64{"r": 1},
		})
		require.NoError(t, os.WriteFile(filepath.Join(path, c.file), []byte(c.content), 0o600))
		_, err := Open(path)
		require.ErrorContains(t, err, path+string(filepath.Separator)+c.want)
		require.ErrorContains(t, err, "; run that night again")
	}
	path := publishFiles(t, t.TempDir(), night{asOf: "2026-01-31", customers: []customer{still("a", "gold")}})
	require.NoError(t, os.Remove(filepath.Join(path, "state.parquet")))
	_, err := Open(path)
	require.EqualError(t, err, path+"/state.parquet: it is not there, and run.json lists it; run that night again")
	require.NoError(t, os.Remove(filepath.Join(path, "_SUCCESS")))
	_, err = Open(path)
	require.EqualError(t, err, path+"/_SUCCESS: it is not there, so that this is no whole publication; run that night again")
}

// The numbers of customers by score say whom cut points were fitted to, and not where
// they lie.
func TestWhomCutPointsWereFittedTo(t *testing.T) {
	a, b := cutPoints("2026-01-31", 10, 2, 100), cutPoints("2026-01-31", 10, 2, 100)
	b.Customers, b.Counts = 4, &rfm.Counts{}
	p := pair{older: &Publication{cuts: a}, newer: &Publication{cuts: b}}
	require.False(t, p.refitted())
	b.Recency[0] = 11
	require.True(t, p.refitted())
}
