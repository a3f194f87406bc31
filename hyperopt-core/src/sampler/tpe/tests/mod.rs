mod behaviour;
mod fixtures;
mod quality;
mod structures;
