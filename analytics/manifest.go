package analytics

import (
	"runtime"
	"time"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/publication"
)

// manifest says everything about the night but the files and timings.
func (f *found) manifest(s *session, version string) (m publication.Manifest, err error) {
	settings, err := publication.SettingsOf(s.job)
	if err != nil {
		return m, err
	}
	total := s.account.Total
	m = publication.Manifest{
		Name: s.job.Name, AsOf: s.asOf.Format(time.DateOnly), Settings: settings, Inputs: inputsOf(s.plan.Inputs()),
		Returns:       returnsOf(s.account, f.odd),
		Anonymous:     publication.Returned{Rows: total.Rejected[ledger.Anonymous].Rows, Money: total.Rejected[ledger.Anonymous].Money},
		ReturnsOnly:   publication.ReturnsOnly{Customers: f.odd.ReturnsOnly, Money: f.odd.ReturnsOnlyNet},
		FirstDay:      s.account.FirstDay.Format(time.DateOnly),
		NewestDay:     s.account.NewestDay.Format(time.DateOnly),
		Customers:     int64(f.base.customers),
		Identity:      f.identity.Counts(),
		Equity:        f.worth.Equity(),
		PastValue:     f.worth.PastValue(),
		Margin:        f.worth.Margin(),
		Spend:         spendFile(s.spend),
		Model:         f.worth.Model(),
		Segments:      f.groups.Groups,
		Drift:         f.scores.Drift(),
		Concentration: f.groups.Concentration,
		Tiers:         f.tiers.Counts(),
		Declines:      f.lifecycle.Counts(),
		Revenue:       f.asset.revenue.Revenue(),
		Hierarchy:     f.asset.hierarchy.Counts(),
		Referrals:     f.referrals.Counts(),
		Consent:       f.base.consent,
		Activation:    f.heard.activation(),
		Churn:         f.worth.Churn(),
		AtRisk:        f.risk.Total(),
		Audit:         f.audits,
		Anchor:        f.groups.Anchor(),
		Interests:     f.interests.Counts(),
		Warnings:      f.warnings.All(),
		Versions:      map[string]string{"clientele": version, "engine": s.version(), "go": runtime.Version()},
		Previous:      f.previous,
	}
	m.Rows, m.Money = fatesOf(total)
	for i, t := range s.account.BySource {
		of := publication.SourceFates{Path: s.job.Sources[i].Path, Joins: joinFatesOf(s.account.Joins[i])}
		of.Rows, of.Money = fatesOf(t)
		m.Sources = append(m.Sources, of)
	}
	for _, c := range s.account.Currencies {
		m.Currencies = append(m.Currencies, publication.CurrencyFates{Currency: c.Currency, Rows: c.Rows, Money: c.Original, Converted: c.Converted})
	}
	m.RunID, err = publication.RunIDOf(m)
	return m, err
}

// spendFile is the file of what was spent on winning customers; nil: there is none.
func spendFile(s *job.Spend) *publication.FileBeside {
	if s == nil {
		return nil
	}
	return &publication.FileBeside{Path: s.Path, SHA256: s.SHA256, Rows: s.Rows}
}
