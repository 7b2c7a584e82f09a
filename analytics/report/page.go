package report

import (
	"clientele/analytics/publication"
)

// Page is everything that the page of a night says. A section that is nil is left out.
type Page struct {
	Lang                string // of the page, as HTML names it
	Name, AsOf, Since   string // the job, the night, and the night before; empty: there is none
	FirstDay, NewestDay string // of the exports
	Currency            string // empty: the job names none
	RunID, Version      string

	Night     Night
	Worth     *Worth
	Slipping  *Slipping
	Stages    *Stages
	Segments  *Segments
	Tiers     *Tiers
	Campaigns *Campaigns
	Revenue   *Revenue
	Accounts  *Accounts
	Cohorts   *Cohorts
	Interests *Interests
	Model     *Model
	Books     Books

	Pictures map[string]*Picture // by their names

	Off []string // sections that are left out, a sentence each

	say words
}

// Of finds out what the page of a night says; see [Write].
func Of(night, before *publication.Publication, o Options) (*Page, error) {
	r, err := readAll(night, before, o)
	if err != nil {
		return nil, err
	}
	p := &Page{
		Lang: r.say.Code(), Name: night.Name, AsOf: night.AsOf, FirstDay: night.FirstDay, NewestDay: night.NewestDay,
		Currency: r.settings["currency"], RunID: night.RunID, Version: night.Version(), say: r.say,
	}
	if before != nil {
		p.Since = before.AsOf
	}
	for _, section := range []func(*reading) error{
		p.addPictures, p.addWorth, p.addSlipping, p.addStages, p.addSegments, p.addTiers, p.addCampaigns, p.addRevenue, p.addAccounts, p.addCohorts, p.addInterests, p.addModel, p.addBooks,
	} {
		if err := section(r); err != nil {
			return nil, err
		}
	}
	p.Night = nightOf(r)
	return p, nil
}

// leaveOut says that a section is not there, and what would bring it.
func (p *Page) leaveOut(text string) { p.Off = append(p.Off, text) }
