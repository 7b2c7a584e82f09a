package analytics

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"runtime"
	"time"

	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/publish"
	"clientele/analytics/scores"
	"clientele/analytics/worth"
)

// Result is a night that was published.
type Result struct {
	Manifest
	Path string `json:"-"` // the publication's folder
}

// Manifest is run.json: what was read, what became of it, and what was
// published. Amounts are decimal texts, so that nothing rounds them.
type Manifest struct {
	RunID    string         `json:"run_id"`
	Name     string         `json:"name"`
	AsOf     string         `json:"as_of"`
	Settings *job.Job       `json:"settings"`
	Inputs   []ledger.Input `json:"inputs"`
	Rows     Fates[int64]   `json:"rows"`
	Money    MoneyFates     `json:"money"`
	Sources  []SourceFates  `json:"sources"`

	Returns     Returned        `json:"returns"`
	Anonymous   Returned        `json:"anonymous"`
	ReturnsOnly ReturnsOnlyJSON `json:"returns_only"`
	FirstDay    string          `json:"first_day"`
	NewestDay   string          `json:"newest_day"`

	Customers int64            `json:"customers"`
	Equity    *Equity          `json:"equity"`     // null without a lifetime model
	PastValue *string          `json:"past_value"` // null where the stage is off
	Model     *worth.ModelFile `json:"model"`
	Segments  []Group          `json:"segments"`
	// Drift is null where rfm is off, Concentration where pyramid is.
	Drift         *scores.Drift  `json:"drift"`
	Concentration *Concentration `json:"concentration"`
	// Tiers are null where the programme is off.
	Tiers    *TierCounts `json:"tiers"`
	Declines []Decline   `json:"declines"`
	// Churn counts customers by their chance of no purchase in the next 91 days; null
	// without a lifetime model.
	Churn *ChurnBands `json:"churn"`
	// AtRisk is null where there are no stages or no lifetime model.
	AtRisk *AtRiskTotal `json:"at_risk"`
	// Audit is what earlier publications said, and what came of it.
	Audit []AuditedNight `json:"audit"`
	// Anchor is the night from which next-period spend is counted; null where no
	// stage makes groups.
	Anchor *history.Anchor `json:"anchor"`
	// Interests is null where no category or product is mapped, or the stage is off.
	Interests *InterestSummary `json:"interests"`
	Warnings  []string         `json:"warnings"`

	Files    []publish.FileInfo `json:"files"`
	Versions map[string]string  `json:"versions"`
	Timings  map[string]float64 `json:"timings"`  // seconds by stage
	Previous *PreviousNight     `json:"previous"` // null: there is none
	// Checksum is that of the manifest itself, timings and this line left out.
	Checksum string `json:"manifest_sha256"`
}

// PreviousNight names the publication that this one follows.
type PreviousNight struct {
	AsOf  string `json:"as_of"`
	RunID string `json:"run_id"`
}

// Fates accounts for rows or for their money: read = used + all rejected.
type Fates[T any] struct {
	Read     T                   `json:"read"`
	Used     T                   `json:"used"`
	Rejected map[ledger.Reason]T `json:"rejected"`
}

// MoneyFates accounts for the money of rows.
type MoneyFates struct {
	Read string `json:"read"`
	Used string `json:"used"`
	// Rejected is null where no row set aside for a reason has an amount that
	// can be read.
	Rejected map[ledger.Reason]*string `json:"rejected"`
	// Unknown counts, by reason, the rows whose amount cannot be read: their
	// money is in none of the sums.
	Unknown map[ledger.Reason]int64 `json:"unknown"`
}

// SourceFates accounts for one source of the job file.
type SourceFates struct {
	Path  string       `json:"path"`
	Rows  Fates[int64] `json:"rows"`
	Money MoneyFates   `json:"money"`
}

// Returned is rows of a kind and the money in them.
type Returned struct {
	Rows  int64        `json:"rows"`
	Money ledger.Money `json:"money"`
}

// ReturnsOnlyJSON is the customers of whom only returns are known. They are in
// no list; their money is in money.used.
type ReturnsOnlyJSON struct {
	Customers int64        `json:"customers"`
	Money     ledger.Money `json:"money"`
}

// Equity is customer equity: the sum of future_value over all customers.
type Equity struct {
	Value ledger.Money `json:"value"`
	// Low and High are its 90% interval.
	Low   ledger.Money      `json:"low"`
	High  ledger.Money      `json:"high"`
	Width worth.EquityWidth `json:"width"`
}

// Decline counts the customers of one kind of decline, by the stage it began
// in.
type Decline struct {
	Decline   string `json:"decline"`
	From      string `json:"from"`
	Customers int64  `json:"customers"`
}

// manifest says everything about the night but the files and timings.
func (n *night) manifest(version, engineVersion string) Manifest {
	total := n.account.Total
	m := Manifest{
		Name: n.job.Name, AsOf: n.asOf.Format(time.DateOnly), Settings: n.job, Inputs: n.inputs,
		Returns:     Returned{total.Returns.Rows, total.Returns.Money},
		Anonymous:   Returned{total.Rejected[ledger.Anonymous].Rows, total.Rejected[ledger.Anonymous].Money},
		ReturnsOnly: ReturnsOnlyJSON{n.oddities.ReturnsOnly, n.oddities.ReturnsOnlyNet},
		FirstDay:    n.account.FirstDay.Format(time.DateOnly),
		NewestDay:   n.account.NewestDay.Format(time.DateOnly),
		Customers:   int64(n.customers.Len()),
		Model:       n.worth.Model(),
		Segments:    n.judged(n.groups()),
		Drift:       n.drift(), Concentration: n.concentration(),
		Declines:  n.declines(),
		Churn:     n.churn(),
		AtRisk:    n.atRiskTotal(),
		Audit:     append([]AuditedNight{}, n.audits...),
		Anchor:    n.anchor.night,
		Warnings:  n.warnings.All(),
		Versions:  map[string]string{"clientele": version, "engine": engineVersion, "go": runtime.Version()},
		Tiers:     n.tierSummary(),
		Interests: n.interestSummary(),
	}
	m.Rows, m.Money = fates(total)
	for i, t := range n.account.BySource {
		s := SourceFates{Path: n.job.Sources[i].Path}
		s.Rows, s.Money = fates(t)
		m.Sources = append(m.Sources, s)
	}
	if n.previous != nil {
		m.Previous = &PreviousNight{n.previous.AsOf, n.previous.RunID}
	}
	if n.worth != nil {
		past := n.totalPast().String()
		m.PastValue = &past
		if n.worth.Modelled() {
			e := n.worth.Equity
			m.Equity = &Equity{n.equity(), ledger.MoneyFromFloat(e.Low), ledger.MoneyFromFloat(e.High), e.Width}
		}
	}
	m.RunID = runID(m)
	return m
}

func fates(t ledger.Tally) (Fates[int64], MoneyFates) {
	rows := Fates[int64]{t.Read.Rows, t.Used.Rows, map[ledger.Reason]int64{}}
	money := MoneyFates{t.Read.Money.String(), t.Used.Money.String(), map[ledger.Reason]*string{}, map[ledger.Reason]int64{}}
	for reason, c := range t.Rejected {
		rows.Rejected[reason] = c.Rows
		money.Rejected[reason] = nil
		if c.Known() {
			known := c.Money.String()
			money.Rejected[reason] = &known
		}
		if c.Unknown > 0 {
			money.Unknown[reason] = c.Unknown
		}
	}
	return rows, money
}

// declines counts those in decline and those watched, in the order of the
// stages and of how far the decline has gone.
func (n *night) declines() []Decline {
	found := []Decline{}
	if n.stages == nil {
		return found
	}
	type kind struct{ decline, from string }
	counted := map[kind]int64{}
	for i, d := range n.stages.Decline {
		from := n.stages.DeclineFrom[i]
		if from == "" {
			from = n.stages.Stage[i]
		}
		counted[kind{string(d), string(from)}]++
	}
	for _, d := range declinesInOrder {
		for _, from := range stagesInOrder {
			if c := counted[kind{string(d), string(from)}]; c > 0 {
				found = append(found, Decline{string(d), string(from), c})
			}
		}
	}
	return found
}

// runID names a run by what goes into it, so that the same night has the same
// name however often it is run.
func runID(m Manifest) string {
	h := sha256.New()
	identity := []any{m.Name, m.AsOf, m.Settings, m.Inputs, m.Versions, m.Previous}
	if m.Tiers != nil {
		identity = append(identity, m.Tiers.Pins)
	}
	if err := json.NewEncoder(h).Encode(identity); err != nil {
		panic("analytics: a manifest that cannot be written: " + err.Error())
	}
	const bytes = 8
	return hex.EncodeToString(h.Sum(nil)[:bytes])
}
