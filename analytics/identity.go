package analytics

import (
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/night"
	"clientele/analytics/persons"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/wording"
)

// identity is which ids of the exports were found to be one person; nil: the job does not
// ask.
type identity struct {
	*persons.Found
	file    *job.IDMap
	renamed int
}

func identityOf(n night.Context, plan *ledger.Plan) *identity {
	if plan.Persons() == nil {
		return nil
	}
	i := &identity{Found: plan.Persons(), file: plan.IDMap()}
	if n.Before != nil {
		i.renamed = len(n.Before.Joined)
	}
	return i
}

// Files are the ids that are published under another, and then those in conflict. No key's
// value is in them.
func (i *identity) Files() []night.File {
	rows := make([]persons.Conflict, len(i.Aliases), len(i.Aliases)+len(i.Conflicts))
	for k, a := range i.Aliases {
		rows[k] = persons.Conflict{Alias: a}
	}
	rows = append(rows, i.Conflicts...)
	columns := []publish.Col{
		publish.ColOf("alias", rows, func(c persons.Conflict) string { return c.ID }),
		publish.ColOf("customer", rows, func(c persons.Conflict) string { return c.Customer }),
		publish.ColOf("by", rows, func(c persons.Conflict) string { return c.By }),
	}
	if i.file != nil && len(i.Keys) > 0 { // else nothing contradicts a map
		number := publish.ColOf("conflict", rows, func(c persons.Conflict) int64 { return c.Number })
		number.Valid = make([]bool, len(rows))
		for k, c := range rows {
			number.Valid[k] = c.Number > 0
		}
		columns = append(columns, number)
	}
	return []night.File{{Name: column.Identity.File, Columns: columns}}
}

// Counts sums it up; nil where the job does not ask.
func (i *identity) Counts() *publication.Identity {
	if i == nil {
		return nil
	}
	out := &publication.Identity{IDs: i.IDs, Customers: i.Customers, MergedBy: map[string]int64{}, Renamed: int64(i.renamed)}
	for _, step := range i.MergedBy {
		out.MergedBy[step.By] = step.Customers
	}
	for _, use := range i.Keys {
		out.KeysOverCap += use.OverCap
		out.Conflicts += use.Conflicts
	}
	if f := i.file; f != nil {
		out.Map = &publication.FileBeside{Path: f.Path, SHA256: f.SHA256, Rows: f.Rows}
	}
	return out
}

// identityWarnings say which keys were not used, and whom it would be well to look at.
// They name no id and no value.
func identityWarnings(plan *ledger.Plan) (w []wording.Message) {
	found, settings := plan.Persons(), plan.Identity()
	if found == nil {
		return nil
	}
	for _, use := range found.Keys {
		if use.OverCap > 0 {
			w = append(w, wording.Of("warning.over_cap", "values", plain(use.OverCap), "key", use.Key, "cap", plain(settings.Cap)))
		}
		if use.Conflicts > 0 {
			w = append(w, wording.Of("warning.key_conflict", "values", plain(use.Conflicts), "key", use.Key, "map", settings.Map))
		}
	}
	if found.Crowded > 0 {
		w = append(w, wording.Of("warning.crowded", "cap", plain(settings.Cap), "customers", plain(found.Crowded)))
	}
	return w
}
