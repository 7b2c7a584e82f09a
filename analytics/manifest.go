package analytics

import (
	"runtime"
	"time"

	"clientele/analytics/ledger"
	"clientele/analytics/publication"
)

// Result is a night that was published.
type Result struct {
	Manifest
	Path string `json:"-"` // the publication's folder
}

// manifest says everything about the night but the files and timings.
func (n *night) manifest(version, engineVersion string) (m Manifest, err error) {
	settings, err := publication.SettingsOf(n.job)
	if err != nil {
		return m, err
	}
	total := n.account.Total
	m = Manifest{
		Name: n.job.Name, AsOf: n.asOf.Format(time.DateOnly), Settings: settings, Inputs: n.inputs,
		Returns:     publication.Returned{Rows: total.Returns.Rows, Money: total.Returns.Money},
		Anonymous:   publication.Returned{Rows: total.Rejected[ledger.Anonymous].Rows, Money: total.Rejected[ledger.Anonymous].Money},
		ReturnsOnly: publication.ReturnsOnly{Customers: n.oddities.ReturnsOnly, Money: n.oddities.ReturnsOnlyNet},
		FirstDay:    n.account.FirstDay.Format(time.DateOnly),
		NewestDay:   n.account.NewestDay.Format(time.DateOnly),
		Customers:   int64(n.customers.Len()),
		Model:       n.worth.Model(),
		Segments:    n.judged(n.groups()),
		Drift:       n.drift(), Concentration: n.concentration(),
		Declines:  n.stages.Counts(),
		Churn:     n.worth.Churn(),
		AtRisk:    n.risk.Total(),
		Audit:     append([]AuditedNight{}, n.audits...),
		Anchor:    n.anchor.night,
		Warnings:  n.warnings.All(),
		Versions:  map[string]string{"clientele": version, "engine": engineVersion, "go": runtime.Version()},
		Tiers:     n.tiers.Counts(),
		Interests: n.interests.Counts(),
	}
	m.Rows, m.Money = publication.FatesOf(total)
	for i, t := range n.account.BySource {
		s := publication.SourceFates{Path: n.job.Sources[i].Path}
		s.Rows, s.Money = publication.FatesOf(t)
		m.Sources = append(m.Sources, s)
	}
	if n.previous != nil {
		m.Previous = &publication.PreviousNight{AsOf: n.previous.AsOf, RunID: n.previous.RunID}
	}
	if n.worth != nil {
		past := n.totalPast().String()
		m.PastValue = &past
		if n.worth.Modelled() {
			e := n.worth.Equity
			m.Equity = &publication.Equity{Value: n.equity(), Low: ledger.MoneyFromFloat(e.Low), High: ledger.MoneyFromFloat(e.High), Width: e.Width}
		}
	}
	m.RunID, err = publication.RunIDOf(m)
	return m, err
}
