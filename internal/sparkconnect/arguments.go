package sparkconnect

import (
	"fmt"
	"strconv"

	pb "clientele/internal/sparkconnect/connectpb"
)

// query makes a relation of SQL text. Its parameters are :p1, :p2 and so on, bound as
// values: text, whole numbers, numbers, truth values and nil.
func query(sql string, args []any) (*pb.Relation, error) {
	bound := map[string]*pb.Expression{}
	for i, arg := range args {
		e, err := expression(arg)
		if err != nil {
			return nil, err
		}
		bound["p"+strconv.Itoa(i+1)] = e
	}
	return &pb.Relation{RelType: &pb.Relation_Sql{Sql: &pb.SQL{Query: sql, NamedArguments: bound}}}, nil
}

func expression(arg any) (*pb.Expression, error) {
	var l pb.Expression_Literal
	switch v := arg.(type) {
	case nil:
		l.LiteralType = &pb.Expression_Literal_Null{Null: &pb.DataType{Kind: &pb.DataType_Null{Null: &pb.DataType_NULL{}}}}
	case string:
		l.LiteralType = &pb.Expression_Literal_String_{String_: v}
	case bool:
		l.LiteralType = &pb.Expression_Literal_Boolean{Boolean: v}
	case int:
		l.LiteralType = &pb.Expression_Literal_Long{Long: int64(v)}
	case int64:
		l.LiteralType = &pb.Expression_Literal_Long{Long: v}
	case float64:
		l.LiteralType = &pb.Expression_Literal_Double{Double: v}
	default:
		return nil, fmt.Errorf("spark: a parameter of type %T cannot be bound", arg)
	}
	return &pb.Expression{ExprType: &pb.Expression_Literal_{Literal: &l}}, nil
}
