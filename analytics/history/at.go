package history

import "time"

// AtDays is how many days before a day a publication may be of and still stand for it:
// who runs once a week has one.
const AtDays = 7

// At reads the newest whole publication of a job that is of a day or of the week before
// it; nil where there is none. Errors are those of [Before].
func At(dir, name string, day time.Time) (*Night, error) {
	n, err := Before(dir, name, day.AddDate(0, 0, 1))
	if err != nil || n == nil {
		return nil, err
	}
	if day.Sub(n.Day()) >= AtDays*24*time.Hour {
		return nil, nil //nolint:nilnil // no publication is no error
	}
	return n, nil
}

// Day is the day that the night is of.
func (n *Night) Day() time.Time { return n.files.Day() }
