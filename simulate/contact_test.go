package simulate

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"
)

// night is the day of the lists of these tests, and ends the day on which effects are read.
var (
	night = time.Date(2025, time.October, 31, 0, 0, 0, 0, time.UTC)
	ends  = time.Date(2025, time.December, 30, 0, 0, 0, 0, time.UTC)
)

// campaigned is a shop of which the customers with numbers that share divides are contacted.
func campaigned(o Options, every int, campaigns ...string) Options {
	for i := 0; i < o.Customers; i += every {
		for _, campaign := range campaigns {
			o.Contacts = append(o.Contacts, Contact{
				Customer: fmt.Sprintf("C%07d", i+1), Campaign: campaign, Channel: "email", From: night, Until: ends,
			})
		}
	}
	return o
}

// effects reads effects as a person writes them.
func effects(t *testing.T, texts ...string) []Effect {
	t.Helper()
	var all []Effect
	for _, text := range texts {
		e, err := ParseEffect(text)
		require.NoError(t, err)
		require.Equal(t, text, e.String())
		all = append(all, e)
	}
	return all
}

// purchasesIn counts each customer's orders in the window, from rows alone.
func purchasesIn(rows []Row) map[string]int {
	seen, counts := map[string]bool{}, map[string]int{}
	for _, r := range rows {
		day := midnight(r.Time)
		if r.Quantity > 0 && day.After(night) && !day.After(ends) && !seen[r.Order] {
			seen[r.Order] = true
			counts[r.Customer]++
		}
	}
	return counts
}

// The mean of what contacts change is the planted effect: more, less, nothing, and by what is
// true of the customer. It is read from the rows of the shop with contacts and without.
func TestMeanEffectIsThePlantedOne(t *testing.T) {
	o := Defaults()
	o.Customers = 6000
	shoppers, err := Shoppers(t.Context(), o)
	require.NoError(t, err)
	plain, _ := rowsOf(t, o)
	before := purchasesIn(plain)
	for name, effect := range map[string]struct {
		texts []string
		of    func(Stratum) (added, share float64)
	}{
		"none":     {[]string{"other: +3"}, func(Stratum) (float64, float64) { return 0, 0 }},
		"adds":     {[]string{"adds: +0.25"}, func(Stratum) (float64, float64) { return 0.25, 0 }},
		"grows":    {[]string{"grows: +150%"}, func(Stratum) (float64, float64) { return 0, 1.5 }},
		"takes":    {[]string{"takes: -40%"}, func(Stratum) (float64, float64) { return 0, -0.4 }},
		"takesall": {[]string{"takesall: -100%"}, func(Stratum) (float64, float64) { return 0, -1 }},
		"strata": {
			[]string{"strata: +0.8 for region=North, state=gone", "strata: -30% for buyer=heavy"},
			func(s Stratum) (float64, float64) {
				switch {
				case s.Region == "North" && s.State == Gone:
					return 0.8, 0
				case s.Buyer == Heavy:
					return 0, -0.3
				}
				return 0, 0
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := campaigned(o, 2, name)
			o.Effects = effects(t, effect.texts...)
			rows, _ := rowsOf(t, o)
			after := purchasesIn(rows)
			surprise, moved := make([]float64, 0, o.Customers/2), 0
			for i := 0; i < o.Customers; i += 2 {
				s := shoppers[i]
				added, share := effect.of(s.On(night, "email"))
				change := after[s.ID] - before[s.ID]
				surprise = append(surprise, float64(change)-added-share*float64(before[s.ID]))
				if change != 0 {
					moved++
				}
			}
			mean, sd := stat.MeanStdDev(surprise, nil)
			require.LessOrEqual(t, math.Abs(mean), 3.5*sd/math.Sqrt(float64(len(surprise))), "sd %g", sd)
			require.Equal(t, name != "none", moved > 0)
		})
	}
}

// What is added is of the customer's own kind: the mean of its spend is theirs.
func TestAddedPurchasesAreTheCustomersOwnSpend(t *testing.T) {
	o := campaigned(Defaults(), 1, "win-back")
	o.Customers, o.Contacts = 2000, o.Contacts[:2000]
	o.Effects = effects(t, "win-back: +4")
	shoppers, err := Shoppers(t.Context(), o)
	require.NoError(t, err)
	var ratios []float64
	for i, out := range outcomesOf(t, o) {
		require.Equal(t, shoppers[i].ID, out.Customer)
		if out.Added > 0 {
			ratios = append(ratios, float64(out.AddedSpend)/100/float64(out.Added)/shoppers[i].MeanSpend)
		}
	}
	mean, sd := stat.MeanStdDev(ratios, nil)
	require.InDelta(t, 1, mean, 3.5*sd/math.Sqrt(float64(len(ratios))))
}

// outcomesOf makes a shop and gives what came of its contacts.
func outcomesOf(t *testing.T, o Options) []Outcome {
	t.Helper()
	var all []Outcome
	o.Outcomes = func(out Outcome) error {
		all = append(all, out)
		return nil
	}
	_, err := Generate(t.Context(), nil, o, func(Row) error { return nil })
	require.NoError(t, err)
	return all
}

// Effects without contacts, and contacts without effects, change no byte. Contacts change
// nothing of other customers, and nothing of what was before them.
func TestContactsTouchNobodyElse(t *testing.T) {
	o := rich()
	o.Customers, o.SortByTime = 600, false
	plain := csvLines(t, o)
	o.Effects = effects(t, "win-back: +2", "sale: -50%")
	require.Equal(t, plain, csvLines(t, o))
	require.Equal(t, plain, csvLines(t, campaigned(o, 3, "newsletter")))
	touched := csvLines(t, campaigned(o, 3, "win-back", "sale"))
	var changed int
	for customer, lines := range plain {
		var number int
		_, err := fmt.Sscanf(customer, "C%d", &number)
		require.NoError(t, err)
		if (number-1)%3 != 0 {
			require.Equal(t, lines, touched[customer])
			continue
		}
		require.Equal(t, until(lines), until(touched[customer]))
		if strings.Join(lines, "") != strings.Join(touched[customer], "") {
			changed++
		}
	}
	require.Greater(t, changed, 150)
}

// csvLines are the lines of an export by customer. Damaged rows may lack the customer: an
// order's id has the number.
func csvLines(t *testing.T, o Options) map[string][]string {
	t.Helper()
	var b bytes.Buffer
	_, err := WriteCSV(t.Context(), &b, nil, o)
	require.NoError(t, err)
	r := csv.NewReader(&b)
	r.FieldsPerRecord = -1
	records, err := r.ReadAll()
	require.NoError(t, err)
	lines := map[string][]string{}
	for _, record := range records[1:] {
		number, _, _ := strings.Cut(strings.TrimPrefix(record[1], "C"), "-")
		lines["C"+number] = append(lines["C"+number], strings.Join(record, "|"))
	}
	return lines
}

// until keeps the lines of days up to the night. What damage put in place of a time says nothing.
func until(lines []string) []string {
	var kept []string
	for _, line := range lines {
		if day, err := time.Parse(timeLayout, strings.Split(line, "|")[2]); err == nil && !midnight(day).After(night) {
			kept = append(kept, line)
		}
	}
	return kept
}

// A campaign more leaves what others have done to the same customers, whatever the number of
// workers, and a list that is read twice counts once.
func TestCampaignsDoNotDisturbEachOther(t *testing.T) {
	o := rich()
	o.Customers, o.Mess = 300, 0
	o.Effects = effects(t, "first: +1.5", "second: +1")
	alone := outcomesOf(t, campaigned(o, 1, "first"))
	var together []Outcome
	both := campaigned(o, 1, "second", "first", "first")
	both.Workers = 1
	for _, out := range outcomesOf(t, both) {
		if out.Campaign == "first" {
			together = append(together, out)
		}
	}
	require.Equal(t, alone, together)
}

// The truth of orders is what rows say, with contacts too.
func TestTruthCountsWhatContactsChange(t *testing.T) {
	o := campaigned(Defaults(), 1, "win-back", "sale")
	o.Customers, o.Contacts = 500, o.Contacts[:1000]
	o.Effects = effects(t, "win-back: +2", "sale: -50%")
	var table bytes.Buffer
	orders := map[string]map[string]bool{}
	counts, err := Generate(t.Context(), &table, o, func(r Row) error {
		if orders[r.Customer] == nil {
			orders[r.Customer] = map[string]bool{}
		}
		orders[r.Customer][r.Order] = true
		return nil
	})
	require.NoError(t, err)
	records, err := csv.NewReader(&table).ReadAll()
	require.NoError(t, err)
	var sum int64
	for _, record := range records[1:] {
		require.Equal(t, record[7], strconv.Itoa(len(orders[record[0]])))
		sum += int64(len(orders[record[0]]))
	}
	require.Equal(t, sum, counts.Orders)
}

// What cannot be is said, without a customer's id.
func TestContactsThatCannotBe(t *testing.T) {
	o := Defaults()
	o.Customers = 10
	o.Contacts = []Contact{{Customer: "C0000011", Campaign: "x", From: night, Until: ends}}
	_, err := newPlan(o)
	require.ErrorContains(t, err, "1 of 1 are with customers whom this shop does not have")
	require.NotContains(t, err.Error(), "C0000011")
	o.Contacts = []Contact{{Customer: "C0000001", Campaign: "x", From: ends, Until: night}}
	require.ErrorContains(t, o.Validate(), "until 2025-10-31 is before from 2025-12-30")
	o.Contacts = nil
	o.Effects = []Effect{
		{Campaign: "x", Purchases: -1},
		{Campaign: "x", Share: math.NaN()},
		{Campaign: "x", Stratum: Stratum{Region: "Nort", State: "asleep"}},
	}
	var wrong *OptionsError
	require.ErrorAs(t, o.Validate(), &wrong)
	require.Len(t, wrong.Problems, 4)
}
