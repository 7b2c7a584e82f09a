package analytics

import (
	"bytes"
	"encoding/json"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"time"

	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/clv/backtest"
)

// choice is how the night came by its lifetime model.
type choice struct {
	model   string          // a name of clv; empty where refused
	why     string          // in words
	on      string          // day of the backtest; empty: the job file chose
	scores  json.RawMessage // what the backtest found, by model; nil: none was made
	refused string          // why there is to be no model
}

// chooseModel settles which lifetime model the night's values rest on: the job
// file's or, with auto, the one that predicted this shop best. A choice holds
// for a month (clv.choose), so that values do not jump from night to night
// because two models take turns.
func (n *night) chooseModel(workers int) error {
	if model := n.job.CLV.Model; model != job.AutoModel {
		n.worth.choice = choice{model: model, why: "named by clv.model in the job file"}
		return nil
	}
	if kept := n.keptModel(); kept != nil {
		n.worth.choice = choice{model: kept.Asking(), why: kept.Chosen, on: kept.ChosenOn, scores: kept.Backtest}
		return nil
	}
	report, err := backtest.Run(n.purchaseHistory(), n.backtestOptions(workers))
	if err != nil {
		return err
	}
	found := report.Choose()
	scores, err := json.Marshal(candidateScores(found.Scores))
	if err != nil {
		return err
	}
	c := choice{model: found.Model, why: found.Why, on: n.asOf.Format(time.DateOnly), scores: scores}
	if found.Refused {
		c.refused = found.Reason
	}
	n.worth.choice = c
	return nil
}

// keptModel is the model that a backtest chose on an earlier night, where
// clv.choose says to stay with it and a day still means what it meant; nil:
// choose anew.
func (n *night) keptModel() *history.Model {
	before := n.previous
	if before == nil || before.Model == nil || before.Model.ChosenOn == "" || n.job.CLV.Choose == job.RefitAlways {
		return nil
	}
	if !slices.Contains(candidates, before.Model.Asking()) || before.Model.Unit != string(n.job.CLV.Unit) || !bytes.Equal(history.Meaning(n.job), before.Meaning) {
		return nil
	}
	const month = "2006-01"
	if n.job.CLV.Choose == job.RefitMonthly && !strings.HasPrefix(before.Model.ChosenOn, n.asOf.Format(month)) {
		return nil
	}
	return before.Model
}

// backtestCustomers is about how many customers a backtest looks at. The error
// of a comparison falls with the root of their number: more would cost the
// night time and change no choice.
const backtestCustomers = 50_000

// purchaseHistory is the purchase days of all customers or, in a large shop, of
// a sample of them that depends on nothing but their ids.
func (n *night) purchaseHistory() backtest.History {
	t := n.customers
	if t.Len() <= backtestCustomers {
		return backtest.History{Start: t.DayStart, Days: t.Days}
	}
	limit := math.MaxUint64 / uint64(t.Len()) * backtestCustomers
	h := backtest.History{Start: []int64{0}}
	for i, id := range t.ID {
		if fingerprint(id) > limit {
			continue
		}
		h.Days = append(h.Days, t.Days[t.DayStart[i]:t.DayStart[i+1]]...)
		h.Start = append(h.Start, int64(len(h.Days)))
	}
	return h
}

// fingerprint spreads ids evenly over all 64 bits.
func fingerprint(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id)) // never fails
	// FNV leaves the high bits of short texts alike; the finaliser of
	// MurmurHash3 (Appleby, 2011) mixes them.
	v := h.Sum64()
	v ^= v >> 33
	v *= 0xff51afd7ed558ccd
	v ^= v >> 33
	v *= 0xc4ceb9fe1a85ec53
	return v ^ v>>33
}
