package analytics

import "clientele/analytics/publication"

// What run.json has, by the names that the stages that stand here still call it.
type (
	Manifest        = publication.Manifest
	Group           = publication.Group
	Quality         = publication.Quality
	Concentration   = publication.Concentration
	TierCounts      = publication.TierCounts
	PinsFile        = publication.PinsFile
	Decline         = publication.Decline
	ChurnBands      = publication.ChurnBands
	AtRiskTotal     = publication.AtRiskTotal
	InterestSummary = publication.InterestCounts
	InterestLevel   = publication.InterestLevel
	Losing          = publication.Losing
	AuditedNight    = publication.AuditedNight
	AuditedDecline  = publication.AuditedDecline
	AuditedForecast = publication.AuditedForecast
	AuditedDecile   = publication.AuditedDecile
)
