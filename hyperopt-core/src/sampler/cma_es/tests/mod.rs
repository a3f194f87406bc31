mod behaviour;
mod quality;
mod strategy;
