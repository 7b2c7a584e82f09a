package calendar

import "time"

// Day is a whole number of days since 1970-01-01. It is another name of int32, so
// that columns of days are those of Arrow and need no copy.
type Day = int32

// NoDay stands where there is no day.
const NoDay Day = -1 << 31

const secondsPerDay = 24 * 60 * 60

// DayOf is the day that a time is in, by UTC. In this project a day as a time is its
// beginning in UTC, whatever the time zone of the job.
func DayOf(t time.Time) Day {
	return Day(floorDiv(int(t.Unix()), secondsPerDay))
}

// TimeOf is the beginning of a day, in UTC.
func TimeOf(day Day) time.Time {
	return time.Unix(int64(day)*secondsPerDay, 0).UTC()
}

// Parse reads a day as [Format] writes it.
func Parse(text string) (Day, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return NoDay, err
	}
	return DayOf(t), nil
}
