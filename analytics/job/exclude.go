package job

import (
	"errors"
	"io"
)

// Exclude are the customers whom nobody contacts because the job says so.
type Exclude struct {
	Path   string // as the job file has it
	SHA256 string
	IDs    []string // as the file spells them
}

// ReadExclude reads activation.exclude; nil where the job has none. The file is a CSVFile
// with the column customer_id. The error is Errors.
func (j *Job) ReadExclude() (*Exclude, error) {
	if j.Activation == nil || j.Activation.Exclude == "" {
		return nil, nil //nolint:nilnil // most jobs have none
	}
	const id = "customer_id"
	file, err := OpenCSV(j.Dir, activationKey+".exclude", j.Activation.Exclude, id)
	if err != nil {
		return nil, err
	}
	out := &Exclude{Path: file.Path, SHA256: file.SHA256}
	for {
		row, err := file.Next()
		switch {
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			return nil, err
		}
		if cell := row.Cell(id); cell != "" {
			out.IDs = append(out.IDs, j.idOf(cell))
		}
	}
}
