package lifecycle

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/calendar"
)

// plain is a shop in which nobody has slowed down and gaps are memoryless, so that what
// is expected is what the Forecast says.
var plain = Panel{MedianGap: 30, K: 1, Regularity: alone(1), Again: 1, Once: 1, Forecast: mustText(typicalLeavers)}

// A customer who bought 12 times, every 30 days: x = 11 and tx = 330, so that the former
// rate is (r + x)/(α + tx) = 12/390 a day.
func TestWhatIsExpectedOfARegularBuyer(t *testing.T) {
	p := oneCustomer(every(30, 12)...)
	for _, night := range []int32{330, 345, 400} {
		got := describedOf(Rules{}, p, livedIn(plain, Rules{}, night, p), math.NaN())
		require.InEpsilon(t, 365*12./390, got.FormerRate[0], 1e-12)
		require.InEpsilon(t, 390./12, got.UsualGap[0], 1e-12)
		ahead := typicalLeavers.Ahead(11, 330, float64(night), quarter)
		require.InDelta(t, ahead.Purchases/(quarter*12./390), got.Momentum[0], 0.005, "night %d", night)
	}
}

// The rows of two customers in decline, every field of them. By hand are the rates: one
// purchase every 5 days is 73 a year, and 6 purchases in the 640 − 196 + 1 days since the
// onset are 4.92 a year. Momentum and the former rate are of the model; they are here so
// that a change of them is noticed.
func TestRowsOfDeclines(t *testing.T) {
	silent := append(every(5, 40), 500, 507, 513, 520, 540, 600)
	returned := every(5, 25)
	for day := int32(150); day <= 420; day += 30 {
		returned = append(returned, day)
	}
	for _, c := range []struct {
		night int32
		days  []int32
		want  Result
		says  string
	}{
		{640, silent, Result{
			Stage: []Stage{Declining}, Since: []int32{216}, Decline: []Decline{DeclineSudden}, DeclineFrom: []Stage{Stability},
			Momentum: []float64{0.051733}, FormerRate: []float64{58.527420},
			Onset: []int32{196}, RateBefore: []float64{73}, RateAfter: []float64{365. * 6 / 445},
			Declines: []int32{1}, Reactivations: []int32{0}, ReactivatedSince: []int32{calendar.NoDay},
		}, "usually every 5 days (±0), the last 6 only every 68 days, last order 40 days ago; expected to buy at 5% of the former pace"},
		{431, returned, Result{
			Stage: []Stage{Declining}, Since: []int32{228}, Decline: []Decline{DeclineSudden}, DeclineFrom: []Stage{Formation},
			Momentum: []float64{0.179353}, FormerRate: []float64{50.139168},
			Onset: []int32{111}, RateBefore: []float64{73}, RateAfter: []float64{365. * 12 / 321},
			Declines: []int32{4}, Reactivations: []int32{3}, ReactivatedSince: []int32{calendar.NoDay},
		}, "usually every 5 days (±0), the last 12 only every 26 days, last order 11 days ago; expected to buy at 18% of the former pace; back since 221 days ago; came back 3 times"},
	} {
		got := lived(c.night, Rules{}, math.NaN(), nil, c.days...)
		require.InEpsilon(t, 365/got.FormerRate[0], got.UsualGap[0], 1e-12)
		require.InDelta(t, c.want.Momentum[0], got.Momentum[0], 1e-6)
		require.InDelta(t, c.want.FormerRate[0], got.FormerRate[0], 1e-6)
		require.Equal(t, c.says, got.Reasons(0))
		got.AppendReasons, got.recent = nil, nil // which the words show
		c.want.UsualGap, c.want.FormerRate, c.want.Momentum = got.UsualGap, got.FormerRate, got.Momentum
		require.Equal(t, c.want, got)
	}
}

// forecastUntil fits one forecast up to a day and another one afterwards.
type forecastUntil struct {
	fixedForecast
	day           int32
	before, after leavers
}

func (f forecastUntil) Fit(_ Histories, day int32, _ json.RawMessage) (json.RawMessage, error) {
	if day <= f.day {
		return json.Marshal(f.before)
	}
	return json.Marshal(f.after)
}

// A decline is withdrawn on the first night of a panel by which it is none, whether the
// nights around the Sunday are followed one by one or at once.
func TestDeclineIsWithdrawnOnASunday(t *testing.T) {
	var p Purchases
	for range minRepeaters {
		p.add(0, 6)
	}
	const sunday = 31 // see TestFitDay
	tracker := Tracker{
		Rules: Rules{FalseShare: 0.9}, Workers: 1,
		Forecaster: forecastUntil{day: sunday - 2, before: leavers{R: 50, Alpha: 250, Q: 0.2}, after: typicalLeavers},
	}
	follow := func(r *Record, nights ...int32) *Record {
		for _, night := range nights {
			var err error
			r, err = tracker.Follow(p, r, night)
			require.NoError(t, err)
		}
		return r
	}
	before := follow(nil, sunday-1)
	require.Equal(t, Declining, before.Lives[0].Stage)
	for _, after := range []*Record{follow(before, sunday, sunday+1, sunday+2), follow(before, sunday+2)} {
		require.Equal(t, Exploration, after.Lives[0].Stage)
		require.Equal(t, int32(sunday), after.Lives[0].Since)
		require.Equal(t, int32(1), after.Lives[0].Declines)
		require.Zero(t, after.Lives[0].Reactivations)
	}
}
