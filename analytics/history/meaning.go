package history

import (
	"clientele/analytics/job"
	"clientele/analytics/publication"
)

// Meaning is a job's settings that its scores depend on, in a form that can be
// compared with a [Night]'s.
func Meaning(j *job.Job) []byte { return meaningOf(j, publication.Settings.ScoreMeaning) }

// StageMeaning is a job's settings that its stages depend on, in a form that can be
// compared with a [Night]'s.
func StageMeaning(j *job.Job) []byte { return meaningOf(j, publication.Settings.StageMeaning) }

func meaningOf(j *job.Job, of func(publication.Settings) ([]byte, error)) []byte {
	settings, err := publication.SettingsOf(j)
	var meaning []byte
	if err == nil {
		meaning, err = of(settings)
	}
	if err != nil {
		panic("history: settings that do not survive JSON: " + err.Error())
	}
	return meaning
}
