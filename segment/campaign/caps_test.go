package campaign

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What counts for a cap of two in five days on day 20, whose window begins on day 16.
func TestWhatCountsForCaps(t *testing.T) {
	list := func(campaign, channel string, day int32) Contact {
		return Contact{Customer: "a", Campaign: campaign, Channel: channel, Day: day}
	}
	for _, c := range []struct {
		name          string
		planned, sent []Contact
		counts        int
	}{
		{name: "nothing"},
		{
			"of what was planned, the last five days",
			[]Contact{list("x", "sms", 15), list("y", "sms", 16), list("z", "sms", 19)},
			nil, 2,
		},
		{
			"what was sent late counts on that day",
			[]Contact{list("x", "sms", 14)},
			[]Contact{list("x", "sms", 16)},
			1,
		},
		{
			"planned and sent is one contact",
			[]Contact{list("x", "sms", 17)},
			[]Contact{list("x", "sms", 18)},
			1,
		},
		{
			"the same again changes nothing",
			[]Contact{list("x", "sms", 17)},
			[]Contact{list("x", "sms", 18), list("x", "sms", 18)},
			1,
		},
		{
			"sent twice is two",
			[]Contact{list("x", "sms", 17)},
			[]Contact{list("x", "sms", 18), list("x", "sms", 19)},
			2,
		},
		{
			"sent before it was planned is another",
			[]Contact{list("x", "sms", 18)},
			[]Contact{list("x", "sms", 17)},
			2,
		},
		{
			"sent through another channel is another",
			[]Contact{list("x", "sms", 17)},
			[]Contact{list("x", "email", 17)},
			2,
		},
		{
			"what no list planned counts",
			nil,
			[]Contact{list("", "sms", 17), list("w", "sms", 18)},
			2,
		},
		{
			"tonight's does not: this very list may have brought it about",
			nil,
			[]Contact{list("x", "sms", 20)},
			0,
		},
		{
			"of one campaign to two ids that are one person, the earlier was sent first",
			[]Contact{list("x", "sms", 12), list("x", "sms", 17)},
			[]Contact{list("x", "sms", 18)},
			2,
		},
		{
			"whatever was sent before the window",
			[]Contact{list("x", "sms", 12), list("x", "sms", 17)},
			[]Contact{list("x", "sms", 13), list("x", "sms", 18)},
			1,
		},
	} {
		for limit := range 4 {
			n := quiet(20, "a")
			n.Sent = c.sent
			n.Audience["next"] = []bool{true}
			r := Rules{
				Caps:      []Cap{{Contacts: limit, Days: 5}},
				Campaigns: []Campaign{{Name: "next", Channels: []string{"sms"}, Starts: 0, Ends: 50}},
			}
			plan, err := Decide(r, n, Memory{Planned: c.planned})
			require.NoError(t, err)
			require.Equal(t, c.counts < limit, len(plan.Contacts) == 1, "%s: a cap of %d", c.name, limit)
		}
	}
}

// A cap of a channel counts and stops contacts through it alone, and the message does not go
// another way.
func TestCapOfAChannel(t *testing.T) {
	n := quiet(20, "a", "b")
	n.Audience["next"] = []bool{true, true}
	r := Rules{
		Caps:      []Cap{{Channel: "sms", Contacts: 1, Days: 5}},
		Campaigns: []Campaign{{Name: "next", Channels: []string{"sms", "email"}, Starts: 0, Ends: 50}},
	}
	plan, err := Decide(r, n, Memory{Planned: []Contact{{Customer: "a", Campaign: "x", Channel: "sms", Day: 19}, {Customer: "b", Campaign: "x", Channel: "email", Day: 19}}})
	require.NoError(t, err)
	require.Len(t, plan.Contacts, 1)
	require.Equal(t, Contact{Customer: "b", Campaign: "next", Channel: "sms", Day: 20}, plan.Contacts[0].Contact)
	require.Equal(t, []Suppressed{{"next", Capped, 1}}, plan.Suppressed)
}
