"""`course demo`: a sample class of invented students, released to, collected and graded."""
