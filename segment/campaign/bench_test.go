package campaign

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// million is a night of a million customers and ten campaigns, some of which have a budget.
func million() (Rules, Night) {
	const customers = 1_000_000
	random := rand.New(rand.NewPCG(1, 2))
	n := quiet(20_000)
	for i := range customers {
		n.ID = append(n.ID, fmt.Sprintf("customer-%07d", i))
	}
	n.Blocked = make([]Reason, customers)
	n.Forecast = make([]float64, customers)
	stage := make([]string, customers)
	for i := range customers {
		n.Forecast[i] = random.ExpFloat64()
		stage[i] = [...]string{"active", "decline", "lost"}[random.IntN(3)]
		if random.IntN(10) == 0 {
			n.Blocked[i] = NoConsent
		}
	}
	n.Strata = [][]string{stage, stage, stage}
	r := Rules{Seed: "shop", Caps: []Cap{{Contacts: 2, Days: 7}, {Channel: "sms", Contacts: 1, Days: 30}}, Holdout: &Holdout{Share: .05}}
	for k := range 10 {
		c := Campaign{
			Name: fmt.Sprintf("campaign-%d", k), Channels: []string{"sms", "email"}, Starts: 19_000, Ends: 21_000,
			Control: .2, Cost: .1, Priority: k,
		}
		if k%3 == 0 {
			c.Budget, c.Explore = 5_000, .2
			n.Uplift[c.Name] = make([]float64, customers)
		}
		n.Audience[c.Name] = make([]bool, customers)
		for i := range customers {
			n.Audience[c.Name][i] = random.IntN(4) == 0
			if k%3 == 0 {
				n.Uplift[c.Name][i] = math.Round(random.ExpFloat64()*10) / 10
			}
		}
		r.Campaigns = append(r.Campaigns, c)
	}
	n.Reach["sms"] = make([]bool, customers)
	for i := range customers {
		n.Reach["sms"][i] = random.IntN(2) == 0
	}
	return r, n
}

func BenchmarkFirstNight(b *testing.B) {
	r, n := million()
	b.ReportAllocs()
	for b.Loop() {
		_, err := Decide(r, n, Memory{})
		require.NoError(b, err)
	}
}

// BenchmarkFifthNight has the memory of four.
func BenchmarkFifthNight(b *testing.B) {
	r, n := million()
	before := Memory{}
	for range 4 {
		plan, err := Decide(r, n, before)
		require.NoError(b, err)
		before = plan.Memory
		for _, c := range plan.Contacts {
			n.Sent = append(n.Sent, c.Contact)
		}
		n.Day++
	}
	b.ReportAllocs()
	for b.Loop() {
		_, err := Decide(r, n, before)
		require.NoError(b, err)
	}
	b.ReportMetric(float64(len(before.Assignments)), "assignments")
	b.ReportMetric(float64(len(before.Planned)), "contacts")
}
