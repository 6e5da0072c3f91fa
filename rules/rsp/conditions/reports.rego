# Risk Reports and their external review.
package conditions

import rego.v1

# METADATA
# title: a goal of the Frontier Safety Roadmap was achieved
roadmap_goal_achieved if input.roadmap.goal_achieved

# METADATA
# title: a Risk Report was published
report_published if input.reports.published

# METADATA
# title: a Risk Report was drafted
# scope: document
report_drafted if input.reports.drafted

report_drafted if report_published

# METADATA
# title: the CEO and the RSO approved the Risk Report
report_approved if input.reports.executive_approval

# METADATA
# title: a model is deployed internally for large-scale, fully autonomous research
autonomous_research_deployed if input.reports.large_scale_autonomous_research

_excess := {
	"chemical_biological": input.reports.internal_chemical_biological_excess,
	"sabotage": input.reports.internal_misalignment_excess,
	"automated_rnd": input.reports.internal_rnd_excess,
}

_risks_beyond_published contains risk if {
	some risk, excess in _excess
	excess == "all_published"
}

_risks_beyond_prior_report contains risk if {
	some risk, excess in _excess
	excess in {"prior_report", "all_published"}
}

# METADATA
# title: an internally deployed model is in scope of Risk Reports
# scope: document
in_scope_internal_model if {
	"public_models" in data.slice.reports.internal_coverage.terms.baseline_models
	some risk in input.reports.internal_model_additional_risks
	risk in data.slice.reports.internal_coverage.terms.scope
}

in_scope_internal_model if {
	"models_in_prior_report" in data.slice.reports.internal_coverage.terms.baseline_models
	some risk in _risks_beyond_prior_report
	risk in data.slice.reports.internal_coverage.terms.scope
}

in_scope_internal_model if {
	data.slice.reports.autonomous_research
	autonomous_research_deployed
}

# METADATA
# title: an internal model's risk of a kind in scope significantly exceeds all that was published on
internal_model_beyond_published if {
	some risk in _risks_beyond_published
	risk in data.slice.reports.internal_model_discussion.terms.scope
}

# METADATA
# title: a public model is significantly more capable than every model whose risks were publicly analysed
public_model_beyond_published if input.reports.public_model_beyond_published

# METADATA
# title: a public model is significantly more capable than every model in the latest Risk Report
# scope: document
significantly_more_capable_than_reported if input.reports.public_model_significantly_more_capable

significantly_more_capable_than_reported if public_model_beyond_published

# METADATA
# title: some models are seen as posing significant risk in absolute terms
significant_absolute_risk if input.reports.significant_absolute_risk

# METADATA
# title: practice departed from the mitigations a Risk Report describes
mitigation_practice_changed if input.reports.mitigation_practice_changed

# METADATA
# title: a Risk Report analyses similar models as a group
models_grouped if input.reports.models_grouped

# METADATA
# title: marginal risk analysis plays a major role in the decision to move forward
marginal_risk_major_role if input.reports.marginal_risk_role == "major"

# METADATA
# title: industry-wide risk is high and the decision rests at least partly on marginal risk
# scope: document
marginal_risk_analysis_used if {
	input.reports.industry_risk_high
	input.reports.marginal_risk_role == "partial"
}

marginal_risk_analysis_used if {
	input.reports.industry_risk_high
	marginal_risk_major_role
}

# METADATA
# title: somebody entitled to judge it finds the Risk Report significantly redacted
# scope: document
report_significantly_redacted if {
	"rso" in data.slice.review.significant_redaction.terms.judges
	input.review.redaction_judged_significant_by_rso
}

report_significantly_redacted if {
	"ceo" in data.slice.review.significant_redaction.terms.judges
	input.review.redaction_judged_significant_by_ceo
}

report_significantly_redacted if {
	"board" in data.slice.review.significant_redaction.terms.judges
	input.review.redaction_judged_significant_by_board
}

report_significantly_redacted if {
	"ltbt" in data.slice.review.significant_redaction.terms.judges
	input.review.redaction_judged_significant_by_ltbt
}

_public_model_covered if {
	not data.slice.reports.coverage_date
	input.reports.covers_public_models
}

_public_model_covered if {
	data.slice.reports.coverage_date
	input.reports.covers_public_models_at_coverage_date
	not input.reports.public_after_coverage_date
}

# METADATA
# title: a Risk Report covers highly capable models
# scope: document
report_covers_highly_capable if input.reports.covers_highly_capable

report_covers_highly_capable if {
	automated_rnd_crossed
	publicly_deployed
	report_published
	_public_model_covered
}

# METADATA
# title: a Risk Report covers highly capable models and is significantly redacted
report_covers_highly_capable_and_significantly_redacted if {
	report_covers_highly_capable
	report_significantly_redacted
}

# METADATA
# title: the LTBT requested an external review of the Risk Report or of sections of it
ltbt_review_requested if {
	data.slice.review.ltbt_requested_review
	input.review.ltbt_requested
}

# METADATA
# title: an external review was completed
# scope: document
external_review_completed if input.review.completed

external_review_completed if {
	ltbt_review_requested
	input.review.ltbt_review_conducted
}

# METADATA
# title: an external review is under way or completed
# scope: document
external_review_underway if input.review.underway

external_review_underway if external_review_completed

_private_review if {
	ltbt_review_requested
	input.review.private
	not report_covers_highly_capable_and_significantly_redacted
}

# METADATA
# title: an external review that may not stay private is under way or completed
public_external_review_underway if {
	external_review_underway
	not _private_review
}

# METADATA
# title: an external review is required or under way
# scope: document
external_review_called_for if report_covers_highly_capable_and_significantly_redacted

external_review_called_for if ltbt_review_requested

external_review_called_for if external_review_underway

_internal_model_too_late if {
	data.slice.reports.coverage_date
	input.reports.internal_after_coverage_date
}

# METADATA
# title: a Risk Report was published while an internally deployed model is in scope
report_published_with_internal_model_in_scope if {
	in_scope_internal_model
	report_published
	not _internal_model_too_late
}
