mod behaviour;
mod beliefs;
mod fixtures;
mod quality;
mod several;
mod structures;
