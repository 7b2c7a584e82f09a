package segment

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// typical is the rhythm of a shop: gaps of about two months, six in ten return.
var typical = Rhythm{K: 1, A: 1, B: 60, ReturnShare: 0.6, QuitShare: 0.05}

func staged(t *testing.T, h History, rules StageRules, rhythm Rhythm) StageResult {
	t.Helper()
	result, err := Stages(h, rules, rhythm, 2)
	require.NoError(t, err)
	return result
}

func TestBaseStage(t *testing.T) {
	slackening := []int32{0, 5, 11, 18, 27, 40, 70, 120, 190, 280}
	tests := []struct {
		name string
		h    History
		want Stage
	}{
		{"one purchase", oneCustomer(10, 0), Exploration},
		{"two purchases", oneCustomer(40, 0, 30), Exploration},
		{"three purchases", oneCustomer(70, 0, 30, 60), Formation},
		{"six purchases too soon", oneCustomer(102, every(20, 6)...), Formation},
		{"six purchases over half a year", oneCustomer(185, every(36, 6)...), Stability},
		{"a silence until the next purchase is due counts", oneCustomer(182, every(31, 6)...), Stability},
		{"a longer silence does not", oneCustomer(300, every(20, 6)...), Formation},
		{"growing gaps", oneCustomer(281, slackening...), Formation},
		{"a stable customer who stops was stable", oneCustomer(900, every(30, 12)...), Stability},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, staged(t, tt.h, StageRules{}, typical).Base[0])
		})
	}
}

func TestUnsteadySpendIsNotStable(t *testing.T) {
	for name, spend := range map[string]struct {
		mean, sd float64
		want     Stage
	}{
		"at the limit":     {20, 16, Stability},
		"above the limit":  {20, 16.1, Formation},
		"nothing in total": {0, 0, Formation},
		"negative":         {-20, 5, Formation},
	} {
		h := oneCustomer(335, every(30, 12)...)
		h.SpendMean[0], h.SpendSD[0] = spend.mean, spend.sd
		require.Equal(t, spend.want, staged(t, h, StageRules{}, typical).Base[0], name)
	}
}

func TestKindsOfDecline(t *testing.T) {
	slackening := []int32{0, 5, 10, 15, 20, 25, 30, 60, 110, 180}
	tests := []struct {
		name string
		h    History
		want Decline
	}{
		{"bought today", oneCustomer(330, every(30, 12)...), DeclineNone},
		{"within the rhythm", oneCustomer(370, every(30, 12)...), DeclineNone},
		{"begins to be late", oneCustomer(445, every(30, 12)...), DeclineWatch},
		{"stops out of a steady rhythm", oneCustomer(480, every(30, 12)...), DeclineSudden},
		{"slackens, then stops", oneCustomer(400, slackening...), DeclineGradual},
		{"slackened but bought today", oneCustomer(180, slackening...), DeclineNone},
		{"silent for more than a year", oneCustomer(800, every(30, 12)...), DeclineLost},
		{"a yearly buyer after a silent year", oneCustomer(1500, every(370, 4)...), DeclineNone},
		{"one purchase, fresh", oneCustomer(30, 0), DeclineNone},
		{"one purchase, long ago", oneCustomer(340, 0), DeclineSudden},
		{"one purchase, years ago", oneCustomer(1200, 0), DeclineLost},
		{"two purchases, then silent", oneCustomer(300, 0, 10), DeclineSudden},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := staged(t, tt.h, StageRules{}, typical)
			require.Equal(t, tt.want, got.Decline[0], "p = %v, %s", got.DeclineP[0], got.Reasons[0])
			switch tt.want {
			case DeclineNone, DeclineWatch:
				require.Equal(t, got.Base[0], got.Stage[0])
				require.Empty(t, got.DeclineFrom[0])
			case DeclineSudden, DeclineGradual, DeclineLost:
				require.Equal(t, Declining, got.Stage[0])
				require.Equal(t, got.Base[0], got.DeclineFrom[0])
			}
		})
	}
}

func TestLifetimeModelIsContext(t *testing.T) {
	tests := []struct {
		name   string
		asOf   int32
		pAlive float64
		want   Decline
	}{
		{"dead to the model but bought today", 330, 0.01, DeclineNone},
		{"dead to the model but within the rhythm", 370, 0.01, DeclineNone},
		{"dead to the model and late", 445, 0.01, DeclineLost},
		{"alive to the model and overdue", 480, 0.9, DeclineSudden},
		{"no opinion", 480, math.NaN(), DeclineSudden},
		{"alive to the model, silent for a year", 800, 0.9, DeclineLost},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := oneCustomer(tt.asOf, every(30, 12)...)
			h.PAlive = []float64{tt.pAlive}
			require.Equal(t, tt.want, staged(t, h, StageRules{}, typical).Decline[0])
		})
	}
}

func TestReasonsOfAStage(t *testing.T) {
	model := oneCustomer(480, every(30, 12)...)
	model.PAlive = []float64{0.25}
	noSpend := oneCustomer(45, 0, 30)
	noSpend.SpendMean[0] = 0
	tests := []struct {
		name   string
		h      History
		rhythm Rhythm
		want   string
	}{
		{"one purchase", oneCustomer(60, 0), typical, "purchase_days=1;silence=60d;p_overdue=0.5;p_return=0.32"},
		{"one purchase, nothing known", oneCustomer(60, 0), Rhythm{K: 1}, "purchase_days=1;silence=60d;too_few_repeat_buyers"},
		{"two purchases", oneCustomer(45, 0, 30), typical, "purchase_days=2;mean_gap=30d;spend_cv=0.25;silence=15d;p_overdue=0.73"},
		{"nothing spent", noSpend, typical, "purchase_days=2;mean_gap=30d;silence=15d;p_overdue=0.73"},
		{
			"all there is", model, typical,
			"purchase_days=12;mean_gap=30d;gap_cv=0;spend_cv=0.25;silence=150d;p_overdue=0.02;p_trend=0.075;p_alive=0.25",
		},
		{
			"uneven gaps", oneCustomer(1100, 0, 100, 500, 1100), typical,
			"purchase_days=4;mean_gap=367d;gap_cv=0.69;spend_cv=0.25;silence=0d;p_overdue=1",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, staged(t, tt.h, StageRules{}, tt.rhythm).Reasons[0])
		})
	}
}

func TestDegeneratePanels(t *testing.T) {
	var oneTimers, sameDay, pairsSameDay, clockwork History
	for i := range int32(500) {
		oneTimers.add(i, 0)
		sameDay.add(0, 0)
		pairsSameDay.add(1, 0, 1)
		clockwork.add(360, every(30, 13)...)
	}
	tests := []struct {
		name string
		h    History
		want Stage
	}{
		{"nobody", History{}, ""},
		{"one customer", oneCustomer(400, 0), Exploration},
		{"all bought once", oneTimers, Exploration},
		{"all on the same day", sameDay, Exploration},
		{"all on two days", pairsSameDay, Exploration},
		{"all by the clock", clockwork, Stability},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rhythm, err := FitRhythm(tt.h)
			require.NoError(t, err)
			for _, v := range []float64{rhythm.K, rhythm.A, rhythm.B, rhythm.ReturnShare, rhythm.QuitShare} {
				require.True(t, finite(v) && v >= 0, "%+v", rhythm)
			}
			require.True(t, rhythm.ReturnShare > 0 && rhythm.ReturnShare < 1, "%+v", rhythm)
			got := staged(t, tt.h, StageRules{}, rhythm)
			for i := range got.Stage {
				require.Equal(t, tt.want, got.Stage[i])
				require.Equal(t, DeclineNone, got.Decline[i])
				require.InDelta(t, 1, got.DeclineP[i], 0)
			}
		})
	}
}

func TestRulesMoveTheBorders(t *testing.T) {
	h := oneCustomer(480, every(30, 12)...)
	require.Equal(t, DeclineSudden, staged(t, h, StageRules{}, typical).Decline[0])
	require.Equal(t, DeclineWatch, staged(t, h, StageRules{Alpha: 0.02}, typical).Decline[0])
	require.Equal(t, DeclineNone, staged(t, h, StageRules{Alpha: 0.01, WatchAlpha: 0.02}, typical).Decline[0])
	require.Equal(t, Formation, staged(t, h, StageRules{StabilityDays: 13}, typical).Base[0])
	require.Equal(t, Formation, staged(t, h, StageRules{StabilityTenureDays: 400}, typical).Base[0])
	require.Equal(t, Exploration, staged(t, h, StageRules{FormationDays: 13, StabilityDays: 13}, typical).Base[0])

	lost := oneCustomer(800, every(30, 12)...)
	require.Equal(t, DeclineSudden, staged(t, lost, StageRules{LostSilenceDays: 600}, typical).Decline[0])

	once := oneCustomer(340, 0)
	require.Equal(t, DeclineWatch, staged(t, once, StageRules{ReturnRatio: 0.12}, typical).Decline[0])
}

func TestStagesRefuse(t *testing.T) {
	rules := map[string]StageRules{
		"alpha is 1.5":               {Alpha: 1.5},
		"alpha is NaN":               {Alpha: math.NaN()},
		"return ratio is 1":          {ReturnRatio: 1},
		"watch alpha 0.01 is below":  {WatchAlpha: 0.01},
		"stability at 2":             {StabilityDays: 2},
		"stability tenure -1 days":   {StabilityTenureDays: -1},
		"lost p(alive) is -0.1":      {LostPAlive: -0.1},
		"formation at -3":            {FormationDays: -3},
		"lost after NaN days, want ": {LostSilenceDays: math.NaN()},
	}
	for want, r := range rules {
		_, err := Stages(oneCustomer(1, 0), r, typical, 1)
		require.ErrorIs(t, err, ErrStageRules)
		require.ErrorContains(t, err, want)
	}
	require.NoError(t, DefaultStageRules().Validate())
	require.InDelta(t, 0.2, StageRules{Alpha: 0.2}.withDefaults().WatchAlpha, 0)
}

func TestHistoryRefuses(t *testing.T) {
	tests := []struct {
		want   string
		damage func(*History)
	}{
		{"column silence days has 1 entries, want 2", func(h *History) { h.SilenceDays = h.SilenceDays[1:] }},
		{"column spend sd has 0 entries, want 2", func(h *History) { h.SpendSD = nil }},
		{"column p(alive) has 1 entries, want 2", func(h *History) { h.PAlive = []float64{1} }},
		{"index 1: 0 purchase days", func(h *History) { h.PurchaseDays[1] = 0 }},
		{"index 1: last purchase 4 days after", func(h *History) { h.SilenceDays[1] = -4 }},
		{"index 1: tenure of 71 days, want active 60 + silent 10", func(h *History) { h.TenureDays[1]++ }},
		{"index 0: one purchase day but 3 active days", func(h *History) { h.ActiveDays[0], h.TenureDays[0] = 3, 13 }},
		{"index 1: 62 purchase days within 60 active days", func(h *History) { h.PurchaseDays[1] = 62 }},
		{"index 1: first two gaps of 30 and 0 days", func(h *History) { h.SecondGapDays[1] = 0 }},
		{"index 1: a sum of gaps or a spend is not", func(h *History) { h.SumRepeatDays[1] = math.Inf(1) }},
		{"index 0: a sum of gaps or a spend is not", func(h *History) { h.SpendMean[0] = math.NaN() }},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			h := oneCustomer(10, 0)
			h.add(70, 0, 30, 60)
			tt.damage(&h)
			_, err := FitRhythm(h)
			require.ErrorIs(t, err, ErrHistory)
			require.ErrorContains(t, err, tt.want)
			_, err = Stages(h, StageRules{}, typical, 1)
			require.ErrorIs(t, err, ErrHistory)
		})
	}
}
