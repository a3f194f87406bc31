//! The metrics that each type of output feature has, of all versions of the trainer taken together.

const LOSS: [&str; 1] = ["loss"];
const BINARY: [&str; 6] = ["loss", "accuracy", "precision", "recall", "roc_auc", "specificity"];
const CATEGORY: [&str; 6] = ["loss", "accuracy", "accuracy_micro", "hits_at_k", "roc_auc", "perplexity"];
const NUMBER: [&str; 8] = [
    "loss",
    "error",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_squared_error",
    "r2",
    "root_mean_squared_error",
    "root_mean_squared_percentage_error",
];
const SEQUENCE: [&str; 12] = [
    "loss",
    "token_accuracy",
    "last_accuracy",
    "sequence_accuracy",
    "edit_distance",
    "perplexity",
    "char_error_rate",
    "word_error_rate",
    "next_token_perplexity",
    "response_accuracy",
    "bleu",
    "rouge",
];
const SET: [&str; 2] = ["loss", "jaccard"];
const IMAGE: [&str; 3] = ["loss", "jaccard", "accuracy"];

/// Returns the metrics of a type of output feature; `None` for an unknown type, which may have any.
pub(crate) fn metrics_of(feature_type: &str) -> Option<&'static [&'static str]> {
    match feature_type {
        "binary" => Some(&BINARY),
        "category" => Some(&CATEGORY),
        "number" | "numerical" | "vector" | "timeseries" => Some(&NUMBER),
        "sequence" | "text" => Some(&SEQUENCE),
        "set" => Some(&SET),
        "bag" => Some(&LOSS),
        "image" => Some(&IMAGE),
        _ => None,
    }
}

/// Returns whether a metric is known to be better the larger it is.
pub(crate) fn is_better_large(metric: &str) -> bool {
    let parts = ["accuracy", "precision", "recall", "specificity", "jaccard", "hits_at_k", "bleu", "rouge"];
    parts.iter().any(|part| metric.contains(part)) || matches!(metric, "r2" | "roc_auc" | "auc" | "f1")
}
