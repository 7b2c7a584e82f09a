package report

import "clientele/analytics/pictures"

// Cohorts is the section about customers by the month of their first purchase, which its
// pictures tell.
type Cohorts struct {
	Text    string
	Payback *Table // nil: winning customers costs nothing
}

func (p *Page) addCohorts(r *reading) (err error) {
	if p.Pictures[pictures.CohortCustomers] == nil && p.Pictures[pictures.CohortMoney] == nil {
		p.leaveOut(r.say.Say("report.off.cohorts"))
		return nil
	}
	p.Cohorts = &Cohorts{Text: r.say.Say("report.cohorts.text")}
	p.Cohorts.Payback, err = r.paybackTable()
	return err
}
