mod behaviour;
mod fixtures;
mod quality;
mod several;
mod structures;
