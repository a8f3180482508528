"""The list that a Django project begins with: COUNT, OFFSET, icontains, and a GROUP BY for each facet."""
