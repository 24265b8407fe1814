"""One page three times: in Dash, in plain Streamlit, and of the dashboard's own parts."""
