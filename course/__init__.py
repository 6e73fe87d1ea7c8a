"""The machinery around a learner: demos, copying along, the doctor, the competition."""
