package tier

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/calendar"
)

// returning is a buyer who gives something back: returns are written as purchases.
func returning(c *slowCustomer, returns ...string) *slowCustomer {
	for _, back := range buyerOf(c.id, returns...).purchases {
		c.purchases = append(c.purchases, slowPurchase{back.day, -back.cents, 0})
	}
	return c
}

func reversing() Programme {
	p := club()
	p.Reverse = true
	return p
}

// What comes back within the term, and what becomes of the member.
func TestReturnsTakeTiersBack(t *testing.T) {
	for _, tt := range []struct {
		name     string
		customer *slowCustomer
		want     []string // from the first day on
	}{
		{
			"all of it", returning(buyerOf("c", "2024-03-15 600"), "2024-04-02 600"),
			[]string{
				"2024-03-15 enter >silver: spend 600 in the 12 months to 2024-03-15, silver asks for 500",
				"2024-04-02 leave silver>: silver of 2024-03-15 is taken back: spend 0 from 2023-03-16 to 2024-04-02, silver asks for 500",
			},
		},
		{
			"a part, and then too much", returning(buyerOf("c", "2024-03-15 600"), "2024-04-02 100", "2024-05-01 1"),
			[]string{
				"2024-03-15 enter >silver: spend 600 in the 12 months to 2024-03-15, silver asks for 500",
				"2024-05-01 leave silver>: silver of 2024-03-15 is taken back: spend 499 from 2023-03-16 to 2024-05-01, silver asks for 500",
			},
		},
		{
			"less than was bought since", returning(buyerOf("c", "2024-03-15 600", "2024-03-20 600"), "2024-04-02 600"),
			[]string{
				"2024-03-15 enter >silver: spend 600 in the 12 months to 2024-03-15, silver asks for 500",
				"2025-03-15 grace silver>silver: spend 0 in the 12 months to 2025-03-15, 400 keeps silver; there is time until 2025-04-15",
				"2025-04-15 leave silver>: spend 0 in the 12 months to 2025-04-15, 400 would have kept silver",
			},
		},
		{
			"on the last day of the term", returning(buyerOf("c", "2024-03-15 600", "2025-03-01 1"), "2025-03-15 600"),
			[]string{
				"2024-03-15 enter >silver: spend 600 in the 12 months to 2024-03-15, silver asks for 500",
				"2025-03-15 leave silver>: silver of 2024-03-15 is taken back: spend 1 from 2023-03-16 to 2025-03-15, silver asks for 500",
			},
		},
		{
			"after the term", returning(buyerOf("c", "2024-03-15 600", "2025-03-01 400"), "2025-03-16 600"),
			[]string{
				"2024-03-15 enter >silver: spend 600 in the 12 months to 2024-03-15, silver asks for 500",
				"2025-03-15 renew silver>silver: spend 400 in the 12 months to 2025-03-15, 400 keeps silver",
				// the renewal's own term
				"2025-03-16 grace silver>silver: the renewal of 2025-03-15 is taken back: spend -200 from 2024-03-16 to 2025-03-16, 400 keeps silver; " +
					"spend -200 in the 12 months to 2025-03-16, 400 keeps silver; there is time until 2025-04-15",
				"2025-04-15 leave silver>: spend -200 in the 12 months to 2025-04-15, 400 would have kept silver",
			},
		},
		{
			"an upgrade", returning(buyerOf("c", "2024-01-10 600", "2024-03-15 1500"), "2024-04-02 1500"),
			[]string{
				"2024-01-10 enter >silver: spend 600 in the 12 months to 2024-01-10, silver asks for 500",
				"2024-03-15 upgrade silver>gold: spend 2100 in the 12 months to 2024-03-15, gold asks for 2000",
				"2024-04-02 downgrade gold>silver: gold of 2024-03-15 is taken back: spend 600 from 2023-03-16 to 2024-04-02, gold asks for 2000",
				"2025-01-10 grace silver>silver: spend 0 in the 12 months to 2025-01-10, 400 keeps silver; there is time until 2025-02-10",
				"2025-02-10 leave silver>: spend 0 in the 12 months to 2025-02-10, 400 would have kept silver",
			},
		},
		{
			"an upgrade and what was below it", returning(buyerOf("c", "2024-01-10 600", "2024-03-15 1500"), "2024-04-02 2100"),
			[]string{
				"2024-01-10 enter >silver: spend 600 in the 12 months to 2024-01-10, silver asks for 500",
				"2024-03-15 upgrade silver>gold: spend 2100 in the 12 months to 2024-03-15, gold asks for 2000",
				"2024-04-02 leave gold>: gold of 2024-03-15 is taken back: spend 0 from 2023-03-16 to 2024-04-02, gold asks for 2000; " +
					"silver of 2024-01-10 is taken back: spend 0 from 2023-01-11 to 2024-04-02, silver asks for 500",
			},
		},
		{
			"an upgrade when the term below is over", returning(buyerOf("c", "2024-01-10 600", "2024-12-15 1500"), "2025-03-01 1500"),
			[]string{
				"2024-01-10 enter >silver: spend 600 in the 12 months to 2024-01-10, silver asks for 500",
				"2024-12-15 upgrade silver>gold: spend 2100 in the 12 months to 2024-12-15, gold asks for 2000",
				"2025-03-01 leave gold>: gold of 2024-12-15 is taken back: spend 600 from 2023-12-16 to 2025-03-01, gold asks for 2000; " +
					"spend 0 in the 12 months to 2025-03-01, 400 would have kept silver",
			},
		},
		{
			"a rise over two tiers", returning(buyerOf("c", "2024-03-15 2600"), "2024-04-02 1000"),
			[]string{
				"2024-03-15 enter >gold: spend 2600 in the 12 months to 2024-03-15, gold asks for 2000",
				"2024-04-02 downgrade gold>silver: gold of 2024-03-15 is taken back: spend 1600 from 2023-03-16 to 2024-04-02, gold asks for 2000; " +
					"spend 1600 in the 12 months to 2024-04-02, silver asks for 500",
				"2025-04-02 grace silver>silver: spend 0 in the 12 months to 2025-04-02, 400 keeps silver; there is time until 2025-05-02",
				"2025-05-02 leave silver>: spend 0 in the 12 months to 2025-05-02, 400 would have kept silver",
			},
		},
		{
			"a renewal, when the grace would be over", returning(buyerOf("c", "2024-03-15 600", "2025-03-01 450"), "2025-06-01 450"),
			[]string{
				"2024-03-15 enter >silver: spend 600 in the 12 months to 2024-03-15, silver asks for 500",
				"2025-03-15 renew silver>silver: spend 450 in the 12 months to 2025-03-15, 400 keeps silver",
				"2025-06-01 leave silver>: the renewal of 2025-03-15 is taken back: spend 0 from 2024-03-16 to 2025-06-01, 400 keeps silver; " +
					"spend 0 in the 12 months to 2025-06-01, 400 would have kept silver",
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			first := calendar.Format(dayNumber(tt.customer.first))
			shop := &fastShop{customers: []*slowCustomer{tt.customer}}
			got := steps(shop.nights(t, reversing(), nil, first).Changes)
			got = append(got, steps(shop.nights(t, reversing(), nil, "2025-08-01").Changes)...)
			require.Equal(t, tt.want, got)
		})
	}
}

// Unless the job says so, a return takes nothing back within a term.
func TestReturnsKeepTiers(t *testing.T) {
	shop := &fastShop{customers: []*slowCustomer{returning(buyerOf("c", "2024-03-15 600"), "2024-04-02 600")}}
	night := shop.nights(t, club(), nil, "2024-03-15", "2025-04-16")
	require.Equal(t, []string{
		"2025-03-15 grace silver>silver: spend -600 in the 12 months to 2025-03-15, 400 keeps silver; there is time until 2025-04-15",
		"2025-04-15 leave silver>: spend 0 in the 12 months to 2025-04-15, 400 would have kept silver",
	}, steps(night.Changes))
	require.Nil(t, night.State.Reversible)
}

// The member is as if the change had never come: the tier before it, with its days.
func TestTheTierBeforeComesBackWithItsDays(t *testing.T) {
	shop := &fastShop{customers: []*slowCustomer{returning(buyerOf("c", "2024-01-10 600", "2024-03-15 1500"), "2024-04-02 1500")}}
	night := shop.nights(t, reversing(), nil, "2024-01-10", "2024-04-02")
	require.Equal(t, []int32{day("2024-01-10")}, night.Since)
	require.Equal(t, []int32{day("2025-01-10")}, night.Until)
	require.Equal(t, "downgrade", string(night.Changes[1].Op))
	require.Equal(t, "spend", night.Changes[1].Metric)
	require.InDelta(t, 2000, night.Changes[1].Threshold, 0)
	require.Equal(t, "silver since 2024-01-10: gold of 2024-03-15 is taken back: spend 600 from 2023-03-16 to 2024-04-02, gold asks for 2000; "+
		"to keep it on 2025-01-10: spend of 400 (so far 0)", night.Reason[0])
}

// A return that arrives late counts from the night on which it is known.
func TestALateReturnTakesTheTierBackWhenItIsKnown(t *testing.T) {
	c := buyerOf("c", "2024-03-15 600")
	shop := &fastShop{customers: []*slowCustomer{c}}
	shop.nights(t, reversing(), nil, "2024-03-15", "2024-04-10")
	returning(c, "2024-04-02 600")
	night := shop.nights(t, reversing(), nil, "2024-04-11")
	require.Equal(t, []string{"2024-04-11 leave silver>: silver of 2024-03-15 is taken back: spend 0 from 2023-03-16 to 2024-04-11, silver asks for 500"}, steps(night.Changes))
	require.Equal(t, "silver of 2024-03-15 is taken back: spend 0 from 2023-03-16 to 2024-04-11, silver asks for 500", night.Reason[0])
	night = shop.nights(t, reversing(), nil, "2024-04-12")
	require.Equal(t, "spend 0 in the 12 months to 2024-04-12, silver asks for 500", night.Reason[0])
}

// A return is no order that is undone, and what a tier asks of other metrics is
// none of its affair.
func TestReturnsTakeNothingBackOfWhatTheyDoNotCount(t *testing.T) {
	p := reversing()
	p.Tiers = []Tier{{Name: "silver", Qualify: Criteria{All: []Threshold{{"orders", 2}, {"clv", 5}}, Any: []Threshold{{"spend", 5000}, {"clv", 6}}}}}
	c := returning(buyerOf("c", "2024-03-15 600", "2024-03-16 600"), "2024-04-02 1200")
	c.static["clv"] = 7
	shop := &fastShop{customers: []*slowCustomer{c}}
	require.Len(t, shop.nights(t, p, nil, "2024-03-15", "2024-03-16").Changes, 1)
	require.Empty(t, shop.nights(t, p, nil, "2024-04-03").Changes)
	c.static["clv"] = 1
	require.Empty(t, shop.nights(t, p, nil, "2024-04-04").Changes)
}

// Whoever is left with a tier that is no longer there keeps the one above it.
func TestATierThatIsGoneIsNotGoneBackTo(t *testing.T) {
	shop := &fastShop{customers: []*slowCustomer{returning(buyerOf("c", "2024-01-10 600", "2024-03-15 1500"), "2024-04-02 1500")}}
	shop.nights(t, reversing(), nil, "2024-01-10", "2024-03-20")
	p := reversing()
	p.Tiers = p.Tiers[1:]
	require.Empty(t, shop.nights(t, p, nil, "2024-04-05").Changes)
}
