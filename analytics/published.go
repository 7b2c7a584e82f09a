package analytics

import "clientele/analytics/publication"

// What run.json has, by the names that the stages that stand here still call it.
type (
	Manifest        = publication.Manifest
	Group           = publication.Group
	Quality         = publication.Quality
	Concentration   = publication.Concentration
	AuditedNight    = publication.AuditedNight
	AuditedDecline  = publication.AuditedDecline
	AuditedForecast = publication.AuditedForecast
	AuditedDecile   = publication.AuditedDecile
)
