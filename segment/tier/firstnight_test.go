package tier

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/calendar"
)

// founded is a first night that replays what came before it.
func firstNightOf(t require.TestingT, customers []*slowCustomer, p Programme, pins map[string]slowPin, night time.Time) (Result, []string) {
	in := (&fastShop{customers: customers}).input(night, p, pins, false)
	in.Replay = true
	found, err := p.Advance(in)
	require.NoError(t, err)
	return found, in.ID
}

// TestAFirstNightThatReplaysIsAllNightsFromTheFirstDayOn: whatever the programme,
// with limits too, the first night leaves what a run on every night from the first
// customer's day on would have left. Pins are those of tonight alone.
func TestAFirstNightThatReplaysIsAllNightsFromTheFirstDayOn(t *testing.T) {
	members := 0
	rapid.Check(t, func(t *rapid.T) {
		p := drawProgramme(t, rapid.Bool().Draw(t, "limits"))
		start, days := drawStart(t), drawHorizon(t, p)
		customers := drawCustomers(t, start, days)
		pins := drawPins(t, p, customers, start, days+20)
		night := start.AddDate(0, 0, days)
		daily := &fastShop{customers: customers}
		var last Result
		for on := firstOf(customers); !on.After(night); on = on.AddDate(0, 0, 1) {
			of := pins
			if on.Before(night) {
				of = nil
			}
			var err error
			last, err = daily.advance(on, p, of, false)
			require.NoError(t, err)
		}
		once, ids := firstNightOf(t, customers, p, pins, night)
		requireFirstNight(t, once, ids)
		members += len(once.Changes)
		last.Changes, once.Changes = nil, nil
		require.Equal(t, fmt.Sprint(last), fmt.Sprint(once))
	})
	require.Greater(t, members, 50)
}

func firstOf(customers []*slowCustomer) time.Time {
	return slices.MinFunc(customers, func(a, b *slowCustomer) int { return a.first.Compare(b.first) }).first
}

// requireFirstNight checks that the changes of a first night are that every member
// enters, once.
func requireFirstNight(t require.TestingT, night Result, ids []string) {
	entered := map[string]Change{}
	for _, c := range night.Changes {
		require.Empty(t, c.From)
		require.NotContains(t, entered, c.ID)
		entered[c.ID] = c
	}
	for i, id := range ids {
		c, ok := entered[id]
		require.Equal(t, night.State.Visible(i) != "" || night.State.Pinned[i], ok, id)
		if !ok {
			continue
		}
		require.Equal(t, night.State.Visible(i), c.To, id)
		require.Equal(t, night.Since[i], c.Effective, id)
		require.NotEmpty(t, c.Why)
		want := OpEnter
		if night.State.Pinned[i] {
			want = OpPin
		}
		require.Equal(t, want, c.Op)
	}
}

// TestTheFirstNightKnowsSinceWhen: members of different days have terms of their
// own, as the nights after go on to count them.
func TestTheFirstNightKnowsSinceWhen(t *testing.T) {
	customers := []*slowCustomer{
		buyerOf("old", "2022-05-10 700"), buyerOf("kept", "2022-05-11 600", "2023-05-01 450"),
		buyerOf("rising", "2023-08-31 600", "2023-11-30 1400"), buyerOf("fresh", "2024-02-28 500"), buyerOf("small", "2024-02-28 50"),
	}
	night, _ := firstNightOf(t, customers, club(), nil, dateOf(day("2024-03-01")))
	since, until := []string{}, []string{}
	for i := range customers {
		if night.Level[i] != NoLevel {
			since, until = append(since, calendar.Format(night.Since[i])), append(until, calendar.Format(night.Until[i]))
		}
	}
	require.Equal(t, []string{"2022-05-11", "2023-11-30", "2024-02-28"}, since)
	require.Equal(t, []string{"2024-05-11", "2024-11-30", "2025-02-28"}, until)
	require.Equal(t, []string{
		"2022-05-11 enter >silver: spend 450 in the 12 months to 2023-05-11, 400 keeps silver",
		"2023-11-30 enter >gold: spend 2000 in the 12 months to 2023-11-30, gold asks for 2000",
		"2024-02-28 enter >silver: spend 500 in the 12 months to 2024-02-28, silver asks for 500",
	}, steps(night.Changes))
	require.Equal(t, "left on 2023-06-10; spend 0 in the 12 months to 2024-03-01, silver asks for 500", night.Reason[0])
	require.Equal(t, "silver since 2022-05-11: spend 450 in the 12 months to 2023-05-11, 400 keeps silver; to keep it on 2024-05-11: spend of 400 (so far 0)", night.Reason[1])
}

// TestPinsBeginOnTheFirstNight: nobody knows since when they were meant.
func TestPinsBeginOnTheFirstNight(t *testing.T) {
	customers := []*slowCustomer{buyerOf("c", "2023-03-15 600"), buyerOf("over", "2023-03-15 600")}
	pins := map[string]slowPin{"c": {"gold", dateOf(day("2024-12-31"))}, "over": {"gold", dateOf(day("2024-02-29"))}}
	night, _ := firstNightOf(t, customers, club(), pins, dateOf(day("2024-03-01")))
	require.Equal(t, []string{
		"2023-03-15 enter >silver: spend 600 in the 12 months to 2023-03-15, silver asks for 500",
		"2024-03-01 pin >gold: set by hand until 2024-12-31",
	}, steps(night.Changes))
	require.Equal(t, []int32{day("2024-03-01"), day("2023-03-15")}, night.Since)
}

// TestALoneRowOfLongAgo: days on which nothing happens cost nothing.
func TestALoneRowOfLongAgo(t *testing.T) {
	for _, limit := range []*Limit{nil, {Count: 1}} {
		p := club()
		p.Tiers[0].Limit = limit
		customers := []*slowCustomer{buyerOf("c", "1000-01-01 600"), buyerOf("d", "2024-01-01 600")}
		night, _ := firstNightOf(t, customers, p, nil, dateOf(day("2024-03-01")))
		require.Equal(t, []int{NoLevel, 0}, night.Level)
	}
}
