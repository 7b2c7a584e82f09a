package simulate

import (
	"bytes"
	"encoding/csv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Engines report what can have happened: nothing before it was sent or after the export, what
// is opened was delivered, and a purchase that is reported stands in the rows.
func TestResponsesFollowTheMessage(t *testing.T) {
	o := campaigned(Defaults(), 1, "win-back", "sale")
	o.Customers, o.Contacts = 1500, o.Contacts[:3000]
	o.Effects = effects(t, "win-back: +1", "sale: -50%")
	bought := map[string]bool{}
	var outcomes []Outcome
	o.Outcomes = func(out Outcome) error {
		outcomes = append(outcomes, out)
		return nil
	}
	_, err := Generate(t.Context(), nil, o, func(r Row) error {
		bought[r.Customer+r.Time.Format(timeLayout)] = true
		return nil
	})
	require.NoError(t, err)
	require.Len(t, outcomes, 3000)
	counts := map[string]int{}
	for _, out := range outcomes {
		first := map[string]time.Time{}
		for _, r := range out.Responses {
			if _, again := first[r.Event]; !again {
				first[r.Event] = r.Time
				counts[r.Event]++
			}
			if r.Event == "bought" || r.Event == "redeemed" {
				require.True(t, bought[r.Customer+r.Time.Format(timeLayout)])
				continue
			}
			require.False(t, r.Time.Before(first["sent"]))
		}
		require.Contains(t, first, "sent")
		require.True(t, first["sent"].After(out.From.AddDate(0, 0, 1)))
		for event, needs := range map[string]string{"opened": "delivered", "clicked": "opened", "unsubscribed": "delivered", "redeemed": "bought"} {
			if _, seen := first[event]; seen {
				require.Contains(t, first, needs)
			}
		}
	}
	require.Equal(t, 3000, counts["sent"])
	// Four standard errors of a share of 3000.
	require.InDelta(t, 0.97, float64(counts["delivered"])/3000, 0.013)
	require.InDelta(t, 0.35, float64(counts["opened"])/float64(counts["delivered"]), 0.036)
	for _, event := range []string{"clicked", "unsubscribed", "redeemed", "bought"} {
		require.Positive(t, counts[event], event)
	}
}

// Responses are a table in order of time, in which some events stand twice.
func TestResponsesAsATable(t *testing.T) {
	o := campaigned(Defaults(), 1, "win-back")
	o.Customers, o.Contacts = 500, o.Contacts[:500]
	outcomes := outcomesOf(t, o)
	var responses, truth bytes.Buffer
	require.NoError(t, WriteResponses(&responses, outcomes))
	require.NoError(t, WriteOutcomes(&truth, outcomes))
	records, err := csv.NewReader(&responses).ReadAll()
	require.NoError(t, err)
	require.Equal(t, ResponseColumns(), records[0])
	var doubles int
	seen := map[string]bool{}
	for i, record := range records[1:] {
		if i > 0 {
			require.LessOrEqual(t, records[i][3], record[3])
		}
		key := record[0] + record[3] + record[4]
		if seen[key] {
			doubles++
		}
		seen[key] = true
	}
	require.Positive(t, doubles)
	contacts, err := ReadContacts(&truth, "truth.csv")
	require.NoError(t, err)
	require.Equal(t, o.Contacts, contacts)
}

// A list that is none is refused where it stands.
func TestListsThatCannotBeRead(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "list.csv:1: no column customer_id",
		"customer_id,campaign,channel,from\n": "list.csv:1: no column until",
		"customer_id,campaign,channel,from,until\nC1,x,y,2026-02-30,2026-03-01\n": `list.csv:2:8: from: "2026-02-30" is not a day`,
		"customer_id,campaign,channel,from,until\nC1,x\n":                         "list.csv: record on line 2: wrong number of fields",
	} {
		_, err := ReadContacts(bytes.NewBufferString(text), "list.csv")
		require.ErrorContains(t, err, want)
	}
}

// An effect that is none is refused with what to write.
func TestEffectsThatCannotBeRead(t *testing.T) {
	for text, want := range map[string]string{
		"win-back":                  "no campaign",
		"win-back: lots":            `"lots" is no amount`,
		"win-back: +1 for town=Ulm": `"town" is no property of a customer; choose one of channel, region`,
		"win-back: +1 for region":   "region: no value",
	} {
		_, err := ParseEffect(text)
		require.ErrorContains(t, err, want)
	}
}
